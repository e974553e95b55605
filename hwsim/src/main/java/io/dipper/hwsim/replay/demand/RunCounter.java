package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;
import org.jspecify.annotations.Nullable;

/**
 * The runs of adjacent units that are read of a layer and group, in the units' places on Flash: two
 * runs with a gap between them that is short enough are one, and the gap is read over.
 */
final class RunCounter {
  private final int @Nullable [] places;
  private final int gapUnits;
  private final UnitSet placed;
  private int runs;
  private int overread;

  /**
   * @param units the number N of units
   * @param places of the units on Flash; null where each is at its own index
   * @param gapUnits the longest gap that is read over
   */
  RunCounter(int units, int @Nullable [] places, int gapUnits) {
    this.places = places;
    this.gapUnits = gapUnits;
    this.placed = new UnitSet(units);
  }

  /** Counts the units of one set that are not in another. */
  void count(UnitSet wanted, UnitSet present) {
    if (places == null && gapUnits == 0) {
      runs = wanted.runsOutside(present);
      return;
    }
    place(wanted.words(), present.words());
    runs = 0;
    overread = 0;
    int end = 0;
    for (int start = placed.next(0); start >= 0; start = placed.next(end)) {
      if (runs > 0 && start - end <= gapUnits) {
        overread += start - end;
      } else {
        runs++;
      }
      end = placed.nextAbsent(start);
    }
  }

  private void place(long[] wanted, long[] present) {
    long[] words = placed.words();
    if (places == null) {
      for (int w = 0; w < words.length; w++) {
        words[w] = wanted[w] & ~present[w];
      }
      return;
    }
    placed.clear();
    for (int w = 0; w < words.length; w++) {
      for (long left = wanted[w] & ~present[w]; left != 0; left &= left - 1) {
        placed.add(places[(w << 6) + Long.numberOfTrailingZeros(left)]);
      }
    }
  }

  /** The number N of units. */
  int units() {
    return placed.size();
  }

  int runs() {
    return runs;
  }

  /** The units in gaps that are read over. */
  int overread() {
    return overread;
  }
}
