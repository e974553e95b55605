package io.dipper.hwsim.engine;

import io.dipper.hwsim.demand.Demand;

/** How many units of a group and layer are selected at a token, and how many of them are cached. */
interface UnitCounts {
  int selected(int group, int layer, int row);

  int hits(int group, int layer, int row);

  /** The counts of a replay. */
  static UnitCounts of(Demand demand) {
    return new UnitCounts() {
      @Override
      public int selected(int group, int layer, int row) {
        return demand.selected(group, layer, row);
      }

      @Override
      public int hits(int group, int layer, int row) {
        return demand.hits(group, layer, row);
      }
    };
  }

  /** All units selected and none cached: a dense pass with cold caches. */
  static UnitCounts cold(int... unitsOfGroup) {
    return new UnitCounts() {
      @Override
      public int selected(int group, int layer, int row) {
        return unitsOfGroup[group];
      }

      @Override
      public int hits(int group, int layer, int row) {
        return 0;
      }
    };
  }
}
