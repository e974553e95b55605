package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.cache.FutureUses;
import java.util.Arrays;

/**
 * The accesses of a whole sequence to the units of one cache, one after another: each knows the
 * next one of the same unit.
 */
final class AccessOrder implements FutureUses {
  private final int[] first;
  private final int[] last;
  private int[] next = new int[1024];
  private int count;

  /**
   * @param units the number of units of the cache
   */
  AccessOrder(int units) {
    this.first = new int[units];
    this.last = new int[units];
    clear();
  }

  void clear() {
    Arrays.fill(first, -1);
    Arrays.fill(last, -1);
    count = 0;
  }

  void append(int unit) {
    if (count == next.length) {
      next = Arrays.copyOf(next, 2 * count);
    }
    if (last[unit] < 0) {
      first[unit] = count;
    } else {
      next[last[unit]] = count;
    }
    next[count] = -1;
    last[unit] = count++;
  }

  @Override
  public int tokens() {
    return count;
  }

  /** Of an access, that of this unit; -1 asks for the unit's first. */
  @Override
  public int nextUse(int unit, int access) {
    int use = access < 0 ? first[unit] : next[access];
    return use < 0 ? count : use;
  }
}
