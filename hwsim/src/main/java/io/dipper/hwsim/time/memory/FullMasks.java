package io.dipper.hwsim.time.memory;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Which masks are full whatever the scores, so that what they miss is known ahead. */
final class FullMasks {
  private FullMasks() {}

  /** Whether every layer selects all units of a group even where all scores are 0. */
  static boolean isFull(MaskPolicy policy, UnitGroup group, int layers) {
    int units = group.units();
    UnitSet mask = new UnitSet(units);
    float[] scores = new float[units];
    CacheView empty = new Empty(new UnitSet(units), new int[units]);
    for (int layer = 0; layer < layers; layer++) {
      policy.selector(layer, group).select(scores, 0, empty, mask);
      if (mask.cardinality() < units) {
        return false;
      }
    }
    return true;
  }

  private record Empty(UnitSet cached, int[] useCounts) implements CacheView {}
}
