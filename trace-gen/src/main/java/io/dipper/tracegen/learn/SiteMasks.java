package io.dipper.tracegen.learn;

import io.dipper.trace.Site;
import io.dipper.tracegen.runtime.MlpHook;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The masks that a hook makes as it zeroes activations of one block, as matrices of ones and
 * zeroes. In a backward pass they are constants.
 */
record SiteMasks(MlpHook hook) {
  /** Masks of a layer that are released with what it saves. */
  Saved savedIn(Scratch saved) {
    return new Saved(hook, saved);
  }

  /** One layer's. */
  record Saved(MlpHook hook, Scratch saved) {
    /**
     * Lets the hook choose among fresh activations, which are saved, and zeroes the others in
     * place.
     *
     * @return null where it leaves everything as it is
     */
    @Nullable INDArray apply(Site site, int layer, INDArray values) {
      saved.of(values);
      if (!hook.sees(site)) {
        return null;
      }
      float[] before = floats(values);
      float[] after = before.clone();
      hook.at(site, layer, 0, 0, values.rows(), after);
      boolean all = true;
      for (int i = 0; i < after.length; i++) {
        boolean kept = after[i] == before[i];
        after[i] = kept ? 1 : 0;
        all &= kept;
      }
      if (all) {
        return null;
      }
      INDArray mask = Scratch.matrix(after, values.columns(), values.dataType());
      SiteMasks.apply(mask, values);
      return saved.of(mask);
    }
  }

  private static float[] floats(INDArray values) {
    float[] read = new float[Math.toIntExact(values.length())];
    if (values.dataType() == DataType.FLOAT) {
      values.data().asNioFloat().get(read);
      return read;
    }
    return values.data().asFloat();
  }

  /** Zeroes values or their gradients where a mask is zero. */
  static void apply(@Nullable INDArray mask, INDArray values) {
    if (mask != null) {
      values.muli(mask);
    }
  }
}
