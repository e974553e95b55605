package io.dipper.hwsim.replay.expert;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The look-ups of units of one kind, experts or their columns: for each place, a step in a layer,
 * how many there were, how many units tokens computed, and which had to be read.
 */
final class UnitLookups {
  private final int[] lookups;
  private final int[] uses;
  private final int[] missedFrom;
  private int[] missed;

  UnitLookups(int places) {
    this.lookups = new int[places];
    this.uses = new int[places];
    this.missedFrom = new int[places + 1];
    this.missed = new int[Math.max(64, places)];
  }

  /** Goes on to a place; places come one after another. */
  void begin(int place, int usesThere) {
    uses[place] = usesThere;
    missedFrom[place + 1] = missedFrom[place];
  }

  /** Enters a look-up. */
  void add(int place, int unit, boolean hit) {
    lookups[place]++;
    if (hit) {
      return;
    }
    int end = missedFrom[place + 1]++;
    if (end == missed.length) {
      missed = Arrays.copyOf(missed, 2 * end);
    }
    missed[end] = unit;
  }

  /** Distinct units that were looked up at a place. */
  int lookups(int place) {
    return lookups[place];
  }

  /** How many of them were not cached. */
  int misses(int place) {
    return missedFrom[place + 1] - missedFrom[place];
  }

  /** The units that were not cached, in the order in which they were looked up. */
  IntStream missed(int place) {
    return Arrays.stream(missed, missedFrom[place], missedFrom[place + 1]);
  }

  /** How many units the step computed there, the sum over its tokens. */
  int uses(int place) {
    return uses[place];
  }
}
