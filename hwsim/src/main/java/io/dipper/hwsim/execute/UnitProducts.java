package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.GroupStore.MatrixPart;
import java.util.Arrays;

/**
 * The products of a group's units: of a column its activation times each weight is added to the
 * matrix's output, of a row the product with the input is one output.
 */
final class UnitProducts {
  private final Products products;
  private final GroupStore store;
  private final UnitMemory memory;
  private final float[] activations;
  private final float[][][] sums;

  /**
   * @param activations the input, and what units are multiplied with; longer than both
   * @param members who work at the same time, each on sums of its own
   */
  UnitProducts(
      Products products, GroupStore store, UnitMemory memory, float[] activations, int members) {
    this.products = products;
    this.store = store;
    this.memory = memory;
    this.activations = activations;
    this.sums = new float[members][store.parts().size()][];
    for (float[][] own : sums) {
      for (int p = 0; p < own.length; p++) {
        MatrixPart part = store.parts().get(p);
        own[p] = new float[part.column() ? part.weights() : store.units()];
      }
    }
  }

  /** A step begins: all outputs are 0. */
  void clear() {
    for (float[][] own : sums) {
      for (float[] output : own) {
        Arrays.fill(output, 0);
      }
    }
  }

  /** Multiplies a member's share of some units. */
  void multiply(LayerUnits units, int[] chosen, int count, int member) {
    int to = StaticWeights.share(count, member + 1, sums.length);
    for (int i = StaticWeights.share(count, member, sums.length); i < to; i++) {
      int unit = chosen[i];
      byte[] array = memory.array(units.slot(unit));
      int at = memory.at(units.slot(unit));
      for (int p = 0; p < store.parts().size(); p++) {
        MatrixPart part = store.parts().get(p);
        float[] own = sums[member][p];
        if (part.column()) {
          products.add(array, at + part.at(), activations[unit], own, part.weights());
        } else {
          own[unit] = products.dot(array, at + part.at(), activations, part.weights());
        }
      }
    }
  }

  /** Adds up what members have; their sum is the first one's then. */
  void join() {
    for (int member = 1; member < sums.length; member++) {
      for (int p = 0; p < sums[member].length; p++) {
        float[] all = sums[0][p];
        float[] own = sums[member][p];
        for (int i = 0; i < all.length; i++) {
          all[i] += own[i];
        }
      }
    }
  }

  /** The output of a matrix, by its place among those that the group covers, once joined. */
  float[] output(int part) {
    return sums[0][part];
  }
}
