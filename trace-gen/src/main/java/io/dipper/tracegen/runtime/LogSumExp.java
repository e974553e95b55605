package io.dipper.tracegen.runtime;

/** {@code log Σ e^z} of values that come in parts: a running maximum and a sum in double. */
final class LogSumExp {
  private float largest = Float.NEGATIVE_INFINITY;
  private double sum;

  /** Adds values; they are overwritten. */
  void add(float[] values, int offset, int count) {
    float part = Softmax.largest(values, offset, offset + count);
    if (part > largest) {
      sum *= Math.exp((double) largest - part);
      largest = part;
    }
    float shift = largest;
    for (int i = offset; i < offset + count; i++) {
      values[i] = Exponential.ofNegative(values[i] - shift);
    }
    sum += Softmax.sum(values, offset, offset + count);
  }

  double value() {
    return largest + Math.log(sum);
  }
}
