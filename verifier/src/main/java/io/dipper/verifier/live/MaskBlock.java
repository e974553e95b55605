package io.dipper.verifier.live;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * The masks of a chunk of tokens, live and replayed, and the live ones of the layer before: working
 * memory that layers share.
 */
final class MaskBlock {
  private final int units;
  private UnitSet[] live = {};
  private UnitSet[] before = {};
  private UnitSet[] replayed = {};

  MaskBlock(int units) {
    this.units = units;
  }

  int units() {
    return units;
  }

  /** Makes room for a layer's masks; those of the last one become those of the layer before. */
  void begin(int rows) {
    UnitSet[] oldest = before;
    before = live;
    live = oldest;
    if (live.length < rows || before.length < rows) {
      live = grown(live, rows);
      before = grown(before, rows);
      replayed = grown(replayed, rows);
    }
  }

  private UnitSet[] grown(UnitSet[] sets, int rows) {
    UnitSet[] grown = Arrays.copyOf(sets, Math.max(rows, sets.length));
    for (int r = sets.length; r < rows; r++) {
      grown[r] = new UnitSet(units);
    }
    return grown;
  }

  /** The live mask of the layer before; in the first layer any mask. */
  UnitSet before(int row) {
    return before[row];
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
