package io.dipper.tracegen.runtime;

/**
 * Soft-capping: {@code c tanh(x / c)}, which bounds values to ±c (Bello et al., arXiv 1611.09940).
 */
final class SoftCap {
  private SoftCap() {}

  /** Replaces values of an array by their caps, after a scale. */
  static void apply(float[] values, int from, int to, float scale, float cap) {
    float inner = scale / cap;
    for (int i = from; i < to; i++) {
      values[i] = cap * Exponential.tanh(values[i] * inner);
    }
  }
}
