package io.dipper.tracegen.runtime;

/**
 * {@code e^x} in fp32: the softmax of attention and of the vocabulary takes it a million times per
 * token, where {@link Math#exp} would cost more than the matrix products.
 *
 * <p>x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r is its Taylor polynomial of degree 7 (remainder below
 * 1e-8), and 2^n goes into the exponent bits. Relative error below 3e-7.
 */
final class Exponential {
  private static final float LOG2_E = 1.44269504f;
  // ln 2 in two parts: n * LN2_HIGH is exact.
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer.
  private static final float ROUNDER = 12582912f;
  private static final float LOWEST = -87.3f;
  private static final float HIGHEST = 88.7f;

  private Exponential() {}

  static float of(float x) {
    if (x < LOWEST) {
      return 0;
    }
    if (!(x <= HIGHEST)) {
      return (float) Math.exp(x);
    }
    float n = (x * LOG2_E + ROUNDER) - ROUNDER;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float r2 = r * r;
    float low = 1 + r + r2 * (0.5f + r * (1f / 6));
    float high = (1f / 24 + r * (1f / 120)) + r2 * (1f / 720 + r * (1f / 5040));
    float power = Float.intBitsToFloat(((int) n + 127) << 23);
    return (low + r2 * r2 * high) * power;
  }
}
