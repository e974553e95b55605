package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig.Activation;

/** The non-linearity of the MLP's gate. */
final class Gate {
  private static final float SQRT_2_OVER_PI = 0.7978845608f;
  private static final float GELU_CUBIC = 0.044715f;

  private Gate() {}

  /** Applies it in place. */
  static void apply(Activation activation, float[] values, int from, int to) {
    switch (activation) {
      case SILU -> silu(values, from, to);
      case GELU_TANH -> geluTanh(values, from, to);
    }
  }

  /** {@code x σ(x)}. */
  private static void silu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = values[i];
      values[i] = gated(x, Exponential.ofNegative(-Math.abs(x)));
    }
  }

  /** {@code x/2 (1 + tanh(u)) = x σ(2u)}, {@code u = √(2/π) (x + 0.044715 x³)}. */
  private static void geluTanh(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = values[i];
      float u = SQRT_2_OVER_PI * (x + GELU_CUBIC * x * x * x);
      values[i] = gated(x, Exponential.ofNegative(-2 * Math.abs(u)));
    }
  }

  /** {@code x σ(z)} of a z with the sign of x, given {@code t = e^-|z|}; without a branch. */
  private static float gated(float x, float t) {
    return (Math.max(x, 0) + Math.min(x, 0) * t) / (1 + t);
  }
}
