package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * The loops over the values that caches keep of their units: how often or when a unit was last
 * selected. Every implementation gives the same results. Not safe for use by many threads.
 */
interface UnitValues {
  /** The fastest that this JVM can run. */
  static UnitValues create() {
    return Simd.choose(
        UnitValues.class, "io.dipper.hwsim.replay.cache.VectorUnitValues", ScalarUnitValues::new);
  }

  /** Adds 1 to the values of the units of a set. */
  void count(int[] values, UnitSet set);

  /** Sets the values of the units of a set. */
  void put(int[] values, UnitSet set, int value);

  /**
   * Removes from {@code set} the {@code n} of its members with the least values, which are not
   * negative, ties going to the lowest index; from 1 to fewer than it has. The time does not grow
   * with the values, but for a pass for every eleven bits of the largest at most.
   */
  void removeLeast(int n, int[] values, UnitSet set);
}
