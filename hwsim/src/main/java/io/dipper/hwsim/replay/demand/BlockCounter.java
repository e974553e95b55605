package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * What is read of rows whose weights lie in blocks: every block with a unit that is missed, and
 * gaps between two that are short enough. Not safe for use by many threads.
 */
final class BlockCounter {
  private final BlockRules rules;
  private final UnitSet missed;
  private int units;
  private int runs;

  /**
   * @param units the number N of units
   */
  BlockCounter(int units, BlockRules rules) {
    this.rules = rules;
    this.missed = new UnitSet(units);
  }

  /** Counts what is read for the units of one set that are not in another. */
  void count(UnitSet wanted, UnitSet present) {
    missed.copyFrom(wanted, present);
    units = 0;
    runs = 0;
    int end = 0;
    for (int unit = missed.next(0); unit >= 0; unit = missed.next(end)) {
      int from = unit - unit % rules.units();
      int to = Math.min(missed.size(), from + rules.units());
      if (runs > 0 && from - end <= rules.gapUnits()) {
        units += from - end;
      } else {
        runs++;
      }
      units += to - from;
      end = to;
    }
  }

  /** Units that are read. */
  int units() {
    return units;
  }

  /** Runs that they form. */
  int runs() {
    return runs;
  }
}
