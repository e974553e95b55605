package io.dipper.predictor;

import java.util.Arrays;

/**
 * One layer of a predictor: logits {@code f(x A) B} with A of {@code inputs x rank}, B of {@code
 * rank x units} and no bias; f is the identity or {@code max(0, .)}. All arithmetic is in float32,
 * in the order of the rows, so that the same input gives the same bits everywhere.
 *
 * @param inner A, row after row
 * @param outer B, row after row
 * @param rectified whether f is {@code max(0, .)}
 */
public record LowRankMap(
    int inputs, int rank, int units, float[] inner, float[] outer, boolean rectified) {
  public LowRankMap {
    if (inner.length != Math.multiplyExact(inputs, rank)
        || outer.length != Math.multiplyExact(rank, units)) {
      throw new IllegalArgumentException(
          "matrices of " + inner.length + " and " + outer.length + " values");
    }
  }

  /** The number of its weights. */
  public long weights() {
    return (long) rank * (inputs + units);
  }

  /**
   * Computes the logits of one token.
   *
   * @param x the signal that is looked at, H values
   * @param hidden room for {@code rank} values; its old content is lost
   * @param logits receives a value per unit
   */
  public void apply(float[] x, float[] hidden, float[] logits) {
    multiply(x, inner, hidden);
    if (rectified) {
      for (int i = 0; i < rank; i++) {
        hidden[i] = Math.max(0, hidden[i]);
      }
    }
    multiply(hidden, outer, logits);
  }

  private static void multiply(float[] row, float[] matrix, float[] out) {
    Arrays.fill(out, 0);
    int columns = out.length;
    for (int i = 0; i < row.length; i++) {
      float factor = row[i];
      int from = i * columns;
      for (int j = 0; j < columns; j++) {
        out[j] += factor * matrix[from + j];
      }
    }
  }
}
