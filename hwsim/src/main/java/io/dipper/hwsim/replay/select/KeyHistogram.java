package io.dipper.hwsim.replay.select;

import java.util.Arrays;

/**
 * How many of a row's keys reach each of the ranges of equal length that 15 bits are divided into:
 * one pass over the keys, after which the k-th largest is in a known range for every k.
 */
final class KeyHistogram {
  /** The bits of a key within its range. */
  static final int RANGE_BITS = 5;

  private static final int RANGES = 1 << (15 - RANGE_BITS);

  private final int[] reaching = new int[RANGES + 1];

  /** Counts the keys of a row, and forgets those counted before. */
  void count(short[] keys) {
    Arrays.fill(reaching, 0);
    for (short key : keys) {
      reaching[key >>> RANGE_BITS]++;
    }
    for (int range = RANGES - 1; range >= 0; range--) {
      reaching[range] += reaching[range + 1];
    }
  }

  /**
   * The range of the k-th largest key.
   *
   * @param k from 1 to the number of keys
   */
  int rangeOf(int k) {
    int range = 0;
    for (int step = RANGES >> 1; step > 0; step >>= 1) {
      range += reaching[range + step] >= k ? step : 0;
    }
    return range;
  }

  /** How many keys lie in higher ranges than this one. */
  int above(int range) {
    return reaching[range + 1];
  }
}
