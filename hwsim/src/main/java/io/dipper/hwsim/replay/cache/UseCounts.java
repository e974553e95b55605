package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/** How often each unit was selected since its cache was empty, cached or not. */
final class UseCounts {
  private final UnitValues values = UnitValues.create();
  private final int[] counts;

  UseCounts(int units) {
    this.counts = new int[units];
  }

  void clear() {
    Arrays.fill(counts, 0);
  }

  void add(UnitSet mask) {
    values.count(counts, mask);
  }

  int[] counts() {
    return counts;
  }
}
