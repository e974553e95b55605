package io.dipper.tracegen.runtime;

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
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = offset + from; i < offset + to; i++) {
      largest = scores[i] > largest ? scores[i] : largest;
    }
    float sum = 0;
    for (int i = offset + from; i < offset + to; i++) {
      float e = Exponential.of((scores[i] - largest) * scale);
      scores[i] = e;
      sum += e;
    }
    float inverse = 1 / sum;
    for (int i = offset + from; i < offset + to; i++) {
      scores[i] *= inverse;
    }
    java.util.Arrays.fill(scores, offset, offset + from, 0);
    java.util.Arrays.fill(scores, offset + to, offset + length, 0);
  }
}
