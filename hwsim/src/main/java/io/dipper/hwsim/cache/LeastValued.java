package io.dipper.hwsim.cache;

import io.dipper.hwsim.mask.UnitSet;
import java.util.Arrays;

/**
 * Takes the n units of least value out of a set, ties going to the lowest index, in linear time:
 * values are counted in buckets, which gives the value at which to stop. Values are tokens or
 * counts of tokens, so there are no more buckets than tokens in a sequence.
 */
final class LeastValued {
  private int[] buckets = new int[256];

  /**
   * Removes from {@code set} the {@code n} of its members with the least values, fewer than it has.
   */
  void remove(int n, int[] values, UnitSet set) {
    count(values, set);
    int last = 0;
    int rest = n;
    while (buckets[last] < rest) {
      rest -= buckets[last++];
    }
    Arrays.fill(buckets, 0);
    removeUpTo(last, rest, values, set);
  }

  private void count(int[] values, UnitSet set) {
    long[] words = set.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int value = values[(w << 6) + Long.numberOfTrailingZeros(word)];
        if (value >= buckets.length) {
          buckets = Arrays.copyOf(buckets, 2 * value);
        }
        buckets[value]++;
      }
    }
  }

  /** Removes members below a value, and the first few that have it; without branches. */
  private static void removeUpTo(int last, int ties, int[] values, UnitSet set) {
    long[] words = set.words();
    int rest = ties;
    for (int w = 0; w < words.length; w++) {
      long gone = 0;
      for (long word = words[w]; word != 0; word &= word - 1) {
        int above = values[(w << 6) + Long.numberOfTrailingZeros(word)] - last;
        int tie = ~(above | -above) >>> 31 & -rest >>> 31;
        rest -= tie;
        gone |= (word & -word) * (above >>> 31 | tie);
      }
      words[w] &= ~gone;
    }
  }
}
