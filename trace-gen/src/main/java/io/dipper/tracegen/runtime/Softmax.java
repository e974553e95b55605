package io.dipper.tracegen.runtime;

import java.util.Arrays;

/** {@code softmax(scale · s)} over a part of a row of scores; the rest becomes 0. */
final class Softmax {
  private Softmax() {}

  /**
   * Replaces a row of scores by probabilities.
   *
   * @param offset where the row begins
   * @param length of the row
   * @param from the first score that counts
   * @param to one after the last
   */
  static void apply(float[] scores, int offset, int length, int from, int to, float scale) {
    int first = offset + from;
    int end = offset + to;
    float largest = largest(scores, first, end);
    for (int i = first; i < end; i++) {
      scores[i] = Exponential.ofNegative((scores[i] - largest) * scale);
    }
    float inverse = (float) (1 / sum(scores, first, end));
    for (int i = first; i < end; i++) {
      scores[i] *= inverse;
    }
    Arrays.fill(scores, offset, first, 0);
    Arrays.fill(scores, end, offset + length, 0);
  }

  /** The largest value of a part of an array. */
  static float largest(float[] values, int from, int to) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    int i = from;
    for (; i + 1 < to; i += 2) {
      a = values[i] > a ? values[i] : a;
      b = values[i + 1] > b ? values[i + 1] : b;
    }
    if (i < to) {
      a = values[i] > a ? values[i] : a;
    }
    return a > b ? a : b;
  }

  /**
   * The sum of a part of an array, in double; four at a time, as one addition waits for another.
   */
  static double sum(float[] values, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < to; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }
}
