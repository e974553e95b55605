package io.dipper.tracegen.record;

import io.dipper.error.UserException;
import io.dipper.trace.ColumnNorms;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.runtime.WeightRows;
import io.dipper.tracegen.runtime.Workers;

/** The 2-norms of the columns of a model's MLP matrices, summed in double. */
final class WeightNorms {
  private static final int VALUES_PER_STEP = 1 << 16;

  private WeightNorms() {}

  static ColumnNorms of(ModelFile file, Workers workers) {
    int layers = file.config().shape().getLayers();
    float[][] up = new float[layers][];
    float[][] gate = new float[layers][];
    float[][] down = new float[layers][];
    workers.run(
        3 * layers,
        (task, worker) -> {
          int layer = task / 3;
          switch (task % 3) {
            case 0 -> up[layer] = columns(WeightRows.up(file, layer));
            case 1 -> gate[layer] = columns(WeightRows.gate(file, layer));
            default -> down[layer] = columns(WeightRows.down(file, layer));
          }
        });
    requireFinite(up, gate, down);
    return new ColumnNorms(up, gate, down);
  }

  private static void requireFinite(float[][]... matrices) {
    for (float[][] layers : matrices) {
      for (int layer = 0; layer < layers.length; layer++) {
        for (float norm : layers[layer]) {
          if (!Float.isFinite(norm)) {
            throw new UserException(
                "layer "
                    + layer
                    + " has an MLP weight that is no finite number; is the model's file damaged?");
          }
        }
      }
    }
  }

  private static float[] columns(WeightRows weights) {
    int columns = weights.columns();
    int step = Math.max(1, VALUES_PER_STEP / columns);
    float[] values = new float[step * columns];
    double[] squares = new double[columns];
    for (int first = 0; first < weights.rows(); first += step) {
      int rows = Math.min(step, weights.rows() - first);
      weights.decode(first, rows, values);
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < columns; i++) {
          double v = values[r * columns + i];
          squares[i] += v * v;
        }
      }
    }
    float[] norms = new float[columns];
    for (int i = 0; i < columns; i++) {
      norms[i] = (float) Math.sqrt(squares[i]);
    }
    return norms;
  }
}
