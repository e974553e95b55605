package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.replay.unit.Matrix;

/** What weights are multiplied with. Safe for many threads while products are made. */
interface ProductInputs {
  /** What rows of a matrix are multiplied with. */
  float[] vector(Matrix matrix);

  /**
   * What a unit's column of a matrix is multiplied with.
   *
   * @param store of the unit's group
   * @param own the outputs of the same unit that were made before, by part and unit
   */
  float of(Matrix matrix, int unit, GroupStore store, float[][] own);

  /** Made-up activations, the same for all. */
  static ProductInputs same(float[] activations) {
    return new ProductInputs() {
      @Override
      public float[] vector(Matrix matrix) {
        return activations;
      }

      @Override
      public float of(Matrix matrix, int unit, GroupStore store, float[][] own) {
        return activations[unit];
      }
    };
  }
}
