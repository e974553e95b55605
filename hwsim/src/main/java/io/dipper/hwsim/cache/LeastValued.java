package io.dipper.hwsim.cache;

import io.dipper.hwsim.mask.UnitSet;
import java.util.Arrays;

/**
 * Takes the n units of least value out of a set, ties going to the lowest index, in linear time:
 * values are counted in buckets, which gives the value at which to stop. Values are tokens or
 * counts of tokens, so there are no more buckets than tokens in a sequence.
 */
final class LeastValued {
  private final int[] members;
  private int[] buckets = new int[256];

  /**
   * @param units the number N of units
   */
  LeastValued(int units) {
    this.members = new int[units];
  }

  /**
   * Removes from {@code set} the {@code n} of its members with the least values, fewer than it has.
   */
  void remove(int n, int[] values, UnitSet set) {
    int min = Integer.MAX_VALUE;
    int max = 0;
    int size = 0;
    long[] words = set.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int unit = (w << 6) + Long.numberOfTrailingZeros(word);
        members[size++] = unit;
        min = Math.min(min, values[unit]);
        max = Math.max(max, values[unit]);
      }
    }
    count(values, size, min, max);
    int last = 0;
    int rest = n;
    while (buckets[last] < rest) {
      rest -= buckets[last++];
    }
    for (int m = 0; m < size; m++) {
      int value = values[members[m]] - min;
      if (value < last || value == last && rest-- > 0) {
        set.remove(members[m]);
      }
    }
  }

  private void count(int[] values, int size, int min, int max) {
    int range = max - min + 1;
    if (buckets.length < range) {
      buckets = new int[Math.max(range, 2 * buckets.length)];
    }
    Arrays.fill(buckets, 0, range, 0);
    for (int m = 0; m < size; m++) {
      buckets[values[members[m]] - min]++;
    }
  }
}
