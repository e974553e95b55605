package io.dipper.tracegen.learn;

import io.dipper.trace.Site;
import io.dipper.tracegen.runtime.MlpHook;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The masks that a hook makes as it zeroes activations of one block, as matrices of ones and
 * zeroes. In a backward pass they are constants.
 */
record SiteMasks(MlpHook hook) {
  /**
   * Lets the hook choose.
   *
   * @return null where it leaves everything as it is
   */
  @Nullable INDArray of(Site site, int layer, INDArray values) {
    if (!hook.sees(site)) {
      return null;
    }
    float[] before = values.dup('c').data().asFloat();
    float[] after = before.clone();
    hook.at(site, layer, 0, 0, values.rows(), after);
    boolean all = true;
    for (int i = 0; i < after.length; i++) {
      boolean kept = after[i] == before[i];
      after[i] = kept ? 1 : 0;
      all &= kept;
    }
    return all
        ? null
        : Nd4j.createFromArray(after)
            .reshape('c', values.rows(), values.columns())
            .castTo(values.dataType());
  }

  /** What is left of values or of their gradient. */
  static INDArray apply(@Nullable INDArray mask, INDArray values) {
    return mask == null ? values : values.mul(mask);
  }
}
