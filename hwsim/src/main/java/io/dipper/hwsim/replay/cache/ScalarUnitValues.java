package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * The loops over values, member by member. Values are counted in buckets by their top bits, then
 * those of the bucket in which to stop by the next bits, until the value at which to stop is known.
 */
final class ScalarUnitValues implements UnitValues {
  private static final int BITS = 11;

  private final int[] buckets = new int[1 << BITS];
  private int largest;

  @Override
  public void count(int[] values, UnitSet set) {
    long[] words = set.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        values[(w << 6) + Long.numberOfTrailingZeros(word)]++;
      }
    }
  }

  @Override
  public void put(int[] values, UnitSet set, int value) {
    long[] words = set.words();
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        values[(w << 6) + Long.numberOfTrailingZeros(word)] = value;
      }
    }
  }

  @Override
  public void removeLeast(int n, int[] values, UnitSet set) {
    int shift = 0;
    long[] words = set.words();
    while (!histogram(values, words, shift)) {
      shift = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(largest) - BITS);
    }
    int rest = n;
    int prefix = 0;
    for (int bits = shift; ; bits = Math.max(0, bits - BITS)) {
      int bucket = 0;
      while (buckets[bucket] < rest) {
        rest -= buckets[bucket++];
      }
      Arrays.fill(buckets, 0);
      prefix += bucket << bits;
      if (bits == 0) {
        removeUpTo(prefix, rest, values, words);
        return;
      }
      refine(values, words, prefix, bits);
    }
  }

  /**
   * Counts the members by the bits of their values from {@code shift} on.
   *
   * @return false where there are too few buckets for that; then {@code largest} is the largest
   *     value
   */
  private boolean histogram(int[] values, long[] words, int shift) {
    int all = 0;
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int value = values[(w << 6) + Long.numberOfTrailingZeros(word)];
        all |= value;
        buckets[value >>> shift & (1 << BITS) - 1]++;
      }
    }
    largest = all;
    if (all >>> shift >>> BITS == 0) {
      return true;
    }
    Arrays.fill(buckets, 0);
    return false;
  }

  /** Counts the members whose values begin with a prefix by the bits that follow it. */
  private void refine(int[] values, long[] words, int prefix, int bits) {
    int shift = Math.max(0, bits - BITS);
    for (int w = 0; w < words.length; w++) {
      for (long word = words[w]; word != 0; word &= word - 1) {
        int rest = values[(w << 6) + Long.numberOfTrailingZeros(word)] - prefix;
        if (rest >>> bits == 0) {
          buckets[rest >>> shift]++;
        }
      }
    }
  }

  /** Removes members below a value, and the first few that have it; without branches. */
  private static void removeUpTo(int last, int ties, int[] values, long[] words) {
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
