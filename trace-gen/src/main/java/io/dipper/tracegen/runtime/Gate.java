package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.Activation;

/** The non-linearity of the MLP's gate. */
public final class Gate {
  private static final float SQRT_2_OVER_PI = 0.7978845608f;
  private static final float GELU_CUBIC = 0.044715f;
  private static final float GELU_SIGMOID = 1.702f;
  private static final float SQRT_HALF = 0.70710678f;

  private Gate() {}

  /** Applies it in place, to the values from one place up to another. */
  public static void apply(Activation activation, float[] values, int from, int to) {
    switch (activation) {
      case SILU -> silu(values, from, to);
      case GELU -> gelu(values, from, to);
      case GELU_TANH -> geluTanh(values, from, to);
      case GELU_SIGMOID -> geluSigmoid(values, from, to);
      case RELU -> relu(values, from, to);
      case RELU_SQUARED -> reluSquared(values, from, to);
    }
  }

  /** {@code x σ(x)}. */
  private static void silu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = values[i];
      values[i] = gated(x, Exponential.ofNegative(-Math.abs(x)));
    }
  }

  /** {@code x σ(1.702 x)}. */
  private static void geluSigmoid(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = values[i];
      values[i] = gated(x, Exponential.ofNegative(-GELU_SIGMOID * Math.abs(x)));
    }
  }

  /** Multiplies a part of an array by the same part of another. */
  static void multiply(float[] values, float[] factors, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] *= factors[i];
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

  /**
   * {@code x Φ(x)}, with the complementary error function of Abramowitz and Stegun 7.1.26, whose
   * error is below 1.5e-7: {@code 2 Φ(-|x|) = erfc(z) ≈ p(t) e^-z²}, {@code z = |x|/√2}, {@code t =
   * 1 / (1 + 0.3275911 z)}.
   */
  private static void gelu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = values[i];
      float z = Math.abs(x) * SQRT_HALF;
      float t = 1 / (1 + 0.3275911f * z);
      float p =
          t
              * (0.254829592f
                  + t
                      * (-0.284496736f
                          + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
      float tail = 0.5f * p * Exponential.ofNegative(-z * z);
      values[i] = Math.max(x, 0) - Math.abs(x) * tail;
    }
  }

  private static void relu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0);
    }
  }

  private static void reluSquared(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = Math.max(values[i], 0);
      values[i] = x * x;
    }
  }

  /** {@code x σ(z)} of a z with the sign of x, given {@code t = e^-|z|}; without a branch. */
  private static float gated(float x, float t) {
    return (Math.max(x, 0) + Math.min(x, 0) * t) / (1 + t);
  }
}
