package io.dipper.verifier;

import io.dipper.hwsim.mask.UnitSet;
import java.util.Arrays;

/** The masks of a chunk of tokens, live and replayed: working memory that layers share. */
final class MaskBlock {
  private final int units;
  private UnitSet[] live = {};
  private UnitSet[] replayed = {};

  MaskBlock(int units) {
    this.units = units;
  }

  int units() {
    return units;
  }

  void reserve(int rows) {
    if (live.length < rows) {
      live = grown(live, rows);
      replayed = grown(replayed, rows);
    }
  }

  private UnitSet[] grown(UnitSet[] sets, int rows) {
    UnitSet[] grown = Arrays.copyOf(sets, rows);
    for (int r = sets.length; r < rows; r++) {
      grown[r] = new UnitSet(units);
    }
    return grown;
  }

  UnitSet live(int row) {
    return live[row];
  }

  UnitSet replayed(int row) {
    return replayed[row];
  }

  /** |live and replayed| / |live or replayed| of one token; 1 where both are empty. */
  double jaccard(int row) {
    int both = live[row].intersectionSize(replayed[row]);
    int either = live[row].cardinality() + replayed[row].cardinality() - both;
    return either == 0 ? 1 : (double) both / either;
  }
}
