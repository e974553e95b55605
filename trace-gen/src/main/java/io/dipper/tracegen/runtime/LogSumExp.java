package io.dipper.tracegen.runtime;

/** {@code log Σ e^z} of values that come in parts: a running maximum and a sum in double. */
final class LogSumExp {
  private float largest = Float.NEGATIVE_INFINITY;
  private double sum;

  void add(float[] values, int offset, int count) {
    float before = largest;
    for (int i = offset; i < offset + count; i++) {
      largest = values[i] > largest ? values[i] : largest;
    }
    if (largest > before) {
      sum *= Math.exp((double) before - largest);
    }
    for (int i = offset; i < offset + count; i++) {
      sum += Exponential.of(values[i] - largest);
    }
  }

  double value() {
    return largest + Math.log(sum);
  }
}
