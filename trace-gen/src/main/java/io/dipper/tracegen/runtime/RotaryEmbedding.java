package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig.Rope;
import io.dipper.tracegen.format.ModelConfig.RopeScaling;
import io.dipper.tracegen.format.ModelConfig.RopeStyle;

/**
 * Rotary position embedding: entries of a head are rotated in pairs by an angle that grows with the
 * position (Su et al., arXiv 2104.09864), with the scalings that stretch it.
 */
final class RotaryEmbedding {
  private final Rope rope;
  private final int half;
  private int context;
  private float[] cos = {};
  private float[] sin = {};

  RotaryEmbedding(Rope rope) {
    this.rope = rope;
    this.half = rope.dimensions() / 2;
  }

  /** Makes the angles for a context of so many tokens; not while others rotate. */
  void prepare(int tokens) {
    if (tokens == context) {
      return;
    }
    RopeScaling scaling = rope.scaling().forContext(tokens);
    double amplitude = scaling instanceof RopeScaling.PerFrequency p ? p.attentionFactor() : 1;
    cos = new float[tokens * half];
    sin = new float[tokens * half];
    for (int i = 0; i < half; i++) {
      double frequency = Math.pow(rope.theta(), -2.0 * i / rope.dimensions());
      double scaled = scaled(frequency, i, scaling);
      for (int p = 0; p < tokens; p++) {
        cos[p * half + i] = (float) (Math.cos(p * scaled) * amplitude);
        sin[p * half + i] = (float) (Math.sin(p * scaled) * amplitude);
      }
    }
    context = tokens;
  }

  private static double scaled(double frequency, int i, RopeScaling scaling) {
    if (scaling instanceof RopeScaling.Linear linear) {
      return frequency / linear.factor();
    }
    if (scaling instanceof RopeScaling.PerFrequency perFrequency) {
      return frequency / perFrequency.divisors()[i];
    }
    if (scaling instanceof RopeScaling.Llama3 llama3) {
      return stretched(frequency, llama3);
    }
    return frequency;
  }

  /** Llama 3.1: long wavelengths are stretched, short ones kept, those between blended. */
  private static double stretched(double frequency, RopeScaling.Llama3 scaling) {
    double turns = scaling.originalContext() * frequency / (2 * Math.PI);
    double low = scaling.lowFrequencyFactor();
    double high = scaling.highFrequencyFactor();
    double kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
    return (1 - kept) * frequency / scaling.factor() + kept * frequency;
  }

  /** Rotates one head's vector, which begins at {@code offset}, as of a prepared position. */
  void rotate(float[] head, int offset, int position) {
    boolean interleaved = rope.style() == RopeStyle.INTERLEAVED;
    int step = interleaved ? 2 : 1;
    int apart = interleaved ? 1 : half;
    for (int i = 0; i < half; i++) {
      float c = cos[position * half + i];
      float s = sin[position * half + i];
      int first = offset + i * step;
      float a = head[first];
      float b = head[first + apart];
      head[first] = a * c - b * s;
      head[first + apart] = a * s + b * c;
    }
  }
}
