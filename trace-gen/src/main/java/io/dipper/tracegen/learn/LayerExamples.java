package io.dipper.tracegen.learn;

import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.BitSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one layer's map learns from: a token's input, and which of its units are the k largest by
 * magnitude, ties going to the lowest index. Safe for use by many threads.
 */
final class LayerExamples {
  private final short[][] inputs;
  private final BitSet[] large;
  private final int units;
  private final int k;

  LayerExamples(Recording trace, PredictorForm form, int layer) {
    SiteColumn looked = trace.column(Math.max(0, layer - form.layersBack()), Site.X);
    SiteColumn target = trace.column(layer, form.target());
    this.units = target.width();
    this.k = (int) Math.floor(form.keep() * units);
    this.inputs = new short[looked.rows()][looked.width()];
    this.large = new BitSet[looked.rows()];
    float[] values = new float[units];
    for (int row = 0; row < inputs.length; row++) {
      looked.read(row, inputs[row]);
      target.read(row, values);
      large[row] = largest(values, k);
    }
  }

  int size() {
    return inputs.length;
  }

  int width() {
    return inputs[0].length;
  }

  int units() {
    return units;
  }

  /** The inputs of some examples, a row each. */
  INDArray inputs(int[] rows) {
    float[][] some = new float[rows.length][width()];
    for (int i = 0; i < rows.length; i++) {
      Fp16.decode(inputs[rows[i]], 0, some[i], 0, width());
    }
    return Nd4j.createFromArray(some);
  }

  /** Their targets: 1 for the k largest units, else 0. */
  INDArray targets(int[] rows) {
    float[][] some = new float[rows.length][units];
    for (int i = 0; i < rows.length; i++) {
      BitSet set = large[rows[i]];
      for (int unit = set.nextSetBit(0); unit >= 0; unit = set.nextSetBit(unit + 1)) {
        some[i][unit] = 1;
      }
    }
    return Nd4j.createFromArray(some);
  }

  /** How many of an example's k largest units are among those with the k largest logits. */
  int found(int row, float[] logits) {
    BitSet found = largestSigned(logits, k);
    found.and(large[row]);
    return found.cardinality();
  }

  /** The number of units that each example wants found. */
  int k() {
    return k;
  }

  private static BitSet largest(float[] values, int k) {
    float[] magnitudes = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      magnitudes[i] = Math.abs(values[i]);
    }
    return largestSigned(magnitudes, k);
  }

  private static BitSet largestSigned(float[] values, int k) {
    BitSet set = new BitSet(values.length);
    if (k == 0) {
      return set;
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    float least = sorted[sorted.length - k];
    int equal = k;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > least) {
        set.set(i);
        equal--;
      }
    }
    for (int i = 0; equal > 0; i++) {
      if (values[i] == least) {
        set.set(i);
        equal--;
      }
    }
    return set;
  }
}
