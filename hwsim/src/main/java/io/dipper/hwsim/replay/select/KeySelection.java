package io.dipper.hwsim.replay.select;

import io.dipper.hwsim.replay.simd.Simd;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * Exact selection by keys of 15 bits, the magnitudes of recorded activations; ties go to the lowest
 * index. Not safe for use by many threads.
 */
public interface KeySelection {
  /** The fastest for N units that this JVM can run. */
  static KeySelection create(int units) {
    return Simd.choose(
        KeySelection.class,
        "io.dipper.hwsim.replay.select.SearchSelection",
        () -> new RadixSelection(units));
  }

  /** Sets {@code out} to the k units with the largest keys of a row: all where k is N or more. */
  void largest(RecordedRow row, int k, UnitSet out);

  /**
   * Sets {@code out} to the k units of highest rank in two populations: all where k is N or more.
   *
   * @param favoured the units of the favoured population
   */
  void select(short[] keys, UnitSet favoured, MergedRanks ranks, int k, UnitSet out);

  /**
   * Adds to {@code out} the k units with the largest keys of those in {@code among}: all of them
   * where there are no more than k.
   */
  void addLargest(short[] keys, UnitSet among, int k, UnitSet out);

  /** Sets {@code out} to the units whose keys are above a bound, from -1 on. */
  void above(short[] keys, int bound, UnitSet out);
}
