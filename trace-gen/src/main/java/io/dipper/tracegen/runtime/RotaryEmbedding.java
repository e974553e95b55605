package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.Rope;

/**
 * Rotary position embedding: entries of a head are rotated in pairs by an angle that grows with the
 * position (Su et al., arXiv 2104.09864).
 */
final class RotaryEmbedding {
  private final Rope rope;
  private final int half;
  private int prepared;
  private int regime;
  private float[] cos = {};
  private float[] sin = {};

  RotaryEmbedding(Rope rope) {
    this.rope = rope;
    this.half = rope.dimensions() / 2;
  }

  /** Makes the angles for a sequence of so many tokens in all; not while others rotate. */
  void prepare(int tokens) {
    int wanted = rope.scaling().regime(tokens);
    if (tokens <= prepared && wanted == regime) {
      return;
    }
    double amplitude = rope.scaling().amplitude();
    cos = new float[tokens * half];
    sin = new float[tokens * half];
    for (int i = 0; i < half; i++) {
      double frequency = rope.frequency(i, tokens);
      for (int p = 0; p < tokens; p++) {
        cos[p * half + i] = (float) (Math.cos(p * frequency) * amplitude);
        sin[p * half + i] = (float) (Math.sin(p * frequency) * amplitude);
      }
    }
    prepared = tokens;
    regime = wanted;
  }

  /** Rotates one head's vector, which begins at {@code offset}, as of a prepared position. */
  void rotate(float[] head, int offset, int position) {
    boolean interleaved = rope.style() == Rope.Style.INTERLEAVED;
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
