package io.dipper.hwsim.engine;

import io.dipper.hwsim.demand.Demand;

/**
 * How many units of a group and layer are selected at a token, how many of them are cached, and how
 * many runs of adjacent units the others form.
 */
interface UnitCounts {
  int selected(int group, int layer, int row);

  int hits(int group, int layer, int row);

  int missedRuns(int group, int layer, int row);

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

      @Override
      public int missedRuns(int group, int layer, int row) {
        return demand.missedRuns(group, layer, row);
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

      @Override
      public int missedRuns(int group, int layer, int row) {
        return 1;
      }
    };
  }
}
