package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.trace.ColumnNorms;
import java.util.Set;

/** The squared norms of weight columns, those of several matrices of one input added up. */
final class SquaredNorms {
  private SquaredNorms() {}

  /** The sum of the squared norms of each unit's columns in some matrices of a layer. */
  static double[] of(ColumnNorms norms, int layer, Set<Matrix> matrices) {
    double[] squares = {};
    for (Matrix matrix : matrices) {
      float[] each = matrix.columnNorms(norms, layer);
      squares = squares.length == 0 ? new double[each.length] : squares;
      for (int i = 0; i < squares.length; i++) {
        squares[i] += (double) each[i] * each[i];
      }
    }
    return squares;
  }
}
