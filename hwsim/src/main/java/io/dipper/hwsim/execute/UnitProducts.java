package io.dipper.hwsim.execute;

import io.dipper.hwsim.execute.file.GroupStore;
import io.dipper.hwsim.execute.file.GroupStore.MatrixPart;
import io.dipper.hwsim.execute.file.UnitRuns;
import io.dipper.hwsim.execute.product.Products;
import io.dipper.hwsim.execute.team.PaddedArrays;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The products of a group's units: of a column its activation times each weight is added to the
 * matrix's output, of a row the product with the input is one output.
 */
final class UnitProducts {
  /** Into how many pieces units are divided, for each member, or for all. */
  private static final int PIECES = 8;

  private final Products products;
  private final GroupStore store;
  private final UnitMemory memory;
  private final ProductInputs inputs;
  private final float[][][] sums;
  private final boolean repeatable;
  private final AtomicInteger next = new AtomicInteger();
  private int piece = 1;

  /**
   * @param inputs what they are multiplied with
   * @param members who work at the same time
   * @param repeatable whether each piece has sums of its own, whoever takes it, so that they are
   *     rounded in the same way every time; otherwise each member has
   */
  UnitProducts(
      Products products,
      GroupStore store,
      UnitMemory memory,
      ProductInputs inputs,
      int members,
      boolean repeatable) {
    this.products = products;
    this.store = store;
    this.memory = memory;
    this.inputs = inputs;
    this.repeatable = repeatable;
    this.sums = new float[repeatable ? PIECES : members][][];
    for (int own = 0; own < sums.length; own++) {
      sums[own] = PaddedArrays.arrays(store.parts().size());
      for (int p = 0; p < store.parts().size(); p++) {
        sums[own][p] = PaddedArrays.floats(outputs(p));
      }
    }
  }

  /** How many outputs a part has. */
  private int outputs(int part) {
    MatrixPart of = store.parts().get(part);
    return of.column() ? of.weights() : store.units();
  }

  /** A step begins: all outputs are 0. */
  void clear() {
    for (float[][] own : sums) {
      for (int p = 0; p < store.parts().size(); p++) {
        Arrays.fill(own[p], 0);
      }
    }
  }

  /**
   * Units are about to be multiplied: members take them piece by piece, so that who is held up does
   * not hold up the others.
   */
  void begin(int count) {
    piece =
        repeatable
            ? Math.max(1, (count + PIECES - 1) / PIECES)
            : Math.max(1, count / (PIECES * sums.length));
    next.set(0);
  }

  /** The sums that a member adds a piece to. */
  private float[][] sums(int from, int member) {
    return sums[repeatable ? from / piece : member];
  }

  /** Multiplies units in memory, as long as there are any that no member has taken. */
  void multiply(LayerUnits units, int[] chosen, int count, int member) {
    for (int from = next.getAndAdd(piece); from < count; from = next.getAndAdd(piece)) {
      for (int i = from; i < Math.min(from + piece, count); i++) {
        int unit = chosen[i];
        byte[] array = memory.array(units.slot(unit));
        int at = memory.at(units.slot(unit));
        for (int p = 0; p < store.parts().size(); p++) {
          multiply(p, unit, array, at + store.parts().get(p).at(), sums(from, member));
        }
      }
    }
  }

  /** Multiplies units where they lie in an image of all, in the same way. */
  void multiply(UnitRuns places, byte[] image, int[] chosen, int count, int member) {
    for (int from = next.getAndAdd(piece); from < count; from = next.getAndAdd(piece)) {
      for (int i = from; i < Math.min(from + piece, count); i++) {
        int unit = places.unitAt(chosen[i]);
        for (int p = 0; p < store.parts().size(); p++) {
          int at = store.parts().get(p).at();
          int stretch = at / store.partBytes();
          int inStretch = at % store.partBytes();
          int place = places.inImage(stretch, chosen[i]) + inStretch;
          multiply(p, unit, image, place, sums(from, member));
        }
      }
    }
  }

  private void multiply(int part, int unit, byte[] array, int at, float[][] to) {
    MatrixPart of = store.parts().get(part);
    float[] own = to[part];
    if (of.column()) {
      float input = inputs.of(of.matrix(), unit, store, to);
      products.add(array, at, input, own, of.weights());
    } else {
      own[unit] = products.dot(array, at, inputs.vector(of.matrix()), of.weights());
    }
  }

  /** Adds up all sums; the first are the total then. */
  void join() {
    for (int member = 1; member < sums.length; member++) {
      for (int p = 0; p < store.parts().size(); p++) {
        float[] all = sums[0][p];
        float[] own = sums[member][p];
        for (int i = 0; i < outputs(p); i++) {
          all[i] += own[i];
        }
      }
    }
  }

  /** How the units are stored. */
  GroupStore store() {
    return store;
  }

  /** The output of a matrix, by its place among those that the group covers, once joined. */
  float[] output(int part) {
    return Arrays.copyOf(sums[0][part], outputs(part));
  }
}
