package io.dipper.hwsim.replay.select;

import io.dipper.hwsim.replay.unit.UnitSet;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Selection by search for the rank at which to stop: a pass of compares on the Vector API counts
 * the units at or above a rank. The search starts from the rank of the selection before, which is
 * seldom far away, and most searches end at a rank that exactly k units reach.
 */
public final class SearchSelection implements KeySelection {
  private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;

  /** Magnitudes as they are, all of one population. */
  private static final MergedRanks PLAIN = new MergedRanks(1);

  private static final int FIRST_STEP = 32;
  private static final short NEVER = Short.MAX_VALUE;

  private int lastRank = PLAIN.count() / 2;
  private long[] upper = {};
  private long[] largest = {};

  /** A search from the rank of the row before takes fewer passes than a histogram's one is long. */
  @Override
  public void largest(RecordedRow row, int k, UnitSet out) {
    select(row.keys(), out.words(), false, PLAIN, k, out);
  }

  @Override
  public void select(short[] keys, UnitSet favoured, MergedRanks ranks, int k, UnitSet out) {
    select(keys, favoured.words(), true, ranks, k, out);
  }

  private void select(
      short[] keys, long[] favoured, boolean two, MergedRanks ranks, int k, UnitSet out) {
    int n = out.size();
    if (k >= n) {
      out.fill();
    } else if (k <= 0) {
      out.clear();
    } else {
      search(keys, favoured, two, ranks, k, n, out.words());
    }
  }

  @Override
  public void addLargest(short[] keys, UnitSet among, int k, UnitSet out) {
    int n = among.cardinality();
    makeRoom(among.words().length);
    long[] found = among.words();
    if (k <= 0) {
      return;
    }
    if (k < n) {
      found = largest(keys, among.words(), k);
    }
    for (int w = 0; w < found.length; w++) {
      out.words()[w] |= found[w];
    }
  }

  /** Makes the scratch sets of so many words, the first time. */
  private void makeRoom(int words) {
    if (upper.length != words) {
      upper = new long[words];
      largest = new long[words];
    }
  }

  /** The k largest of more than k, found by halving. */
  private long[] largest(short[] keys, long[] among, int k) {
    int low = -1;
    int high = NEVER;
    int aboveHigh = 0;
    while (high - low > 1) {
      int bound = (low + high) >>> 1;
      int count = count(keys, among, (short) bound, NEVER);
      if (count > k) {
        low = bound;
      } else {
        high = bound;
        aboveHigh = count;
      }
    }
    long[] found = largest;
    mark(keys, among, (short) high, NEVER, upper);
    mark(keys, among, (short) low, NEVER, found);
    keepLowest(found, upper, k - aboveHigh);
    return found;
  }

  @Override
  public void above(short[] keys, int bound, UnitSet out) {
    mark(keys, (short) Math.min(bound, NEVER), out.words());
  }

  /**
   * Finds the rank that at least k units reach and of which one more is reached by fewer.
   *
   * @param n the number of units, more than k
   */
  private void search(
      short[] keys, long[] favoured, boolean two, MergedRanks ranks, int k, int n, long[] out) {
    int low = 0;
    int high = ranks.count();
    int atLow = n;
    int atHigh = 0;
    int rank = Math.min(lastRank, high - 1);
    int step = FIRST_STEP;
    for (int pass = 0; high - low > 1; pass++) {
      rank = Math.max(low + 1, Math.min(high - 1, rank));
      int count = count(keys, favoured, two, ranks, rank);
      if (count == k) {
        lastRank = rank;
        mark(keys, favoured, two, ranks, rank, out);
        return;
      }
      if (count > k) {
        low = rank;
        atLow = count;
      } else {
        high = rank;
        atHigh = count;
      }
      if (low == 0 || high == ranks.count()) {
        rank += count > k ? step : -step;
        step <<= 2;
      } else {
        rank = pass % 3 == 2 ? (low + high) >>> 1 : between(low, high, atLow, atHigh, k);
      }
    }
    lastRank = low;
    makeRoom(out.length);
    mark(keys, favoured, two, ranks, high, upper);
    mark(keys, favoured, two, ranks, low, out);
    keepLowest(out, upper, k - atHigh);
  }

  /** The bound at which the count would be k if it fell evenly between the two. */
  private static int between(int low, int high, int atLow, int atHigh, int k) {
    return low + (int) ((long) (high - low) * (atLow - k) / (atLow - atHigh));
  }

  /** Takes ties away, those in one set and not in the other, except the first few. */
  private static void keepLowest(long[] out, long[] upper, int ties) {
    int rest = ties;
    for (int w = 0; w < out.length; w++) {
      long tied = out[w] & ~upper[w];
      int here = Long.bitCount(tied);
      if (here <= rest) {
        rest -= here;
        continue;
      }
      for (; rest > 0; rest--) {
        tied &= tied - 1;
      }
      out[w] &= ~tied;
    }
  }

  private static int count(
      short[] keys, long[] favoured, boolean two, MergedRanks ranks, int rank) {
    short bound = ranks.favouredBound(rank);
    return two ? count(keys, favoured, bound, ranks.otherBound(rank)) : count(keys, bound);
  }

  private static void mark(
      short[] keys, long[] favoured, boolean two, MergedRanks ranks, int rank, long[] out) {
    short bound = ranks.favouredBound(rank);
    if (two) {
      mark(keys, favoured, bound, ranks.otherBound(rank), out);
    } else {
      mark(keys, bound, out);
    }
  }

  private static int count(short[] keys, short bound) {
    int count = 0;
    int i = 0;
    for (; i < SPECIES.loopBound(keys.length); i += SPECIES.length()) {
      count += Long.bitCount(above(keys, i, bound));
    }
    for (; i < keys.length; i++) {
      count += (bound - keys[i]) >>> 31;
    }
    return count;
  }

  /** Whole words by vectors; of the units in the last part of a word there are few. */
  private static int count(short[] keys, long[] favoured, short bound, short other) {
    int count = 0;
    int whole = keys.length >>> 6;
    for (int w = 0; w < whole; w++) {
      count += Long.bitCount(word(keys, w << 6, favoured[w], bound, other));
    }
    if (whole < favoured.length) {
      count += Long.bitCount(rest(keys, whole << 6, favoured[whole], bound, other));
    }
    return count;
  }

  private static void mark(short[] keys, long[] favoured, short bound, short other, long[] out) {
    int whole = keys.length >>> 6;
    for (int w = 0; w < whole; w++) {
      out[w] = word(keys, w << 6, favoured[w], bound, other);
    }
    if (whole < favoured.length) {
      out[whole] = rest(keys, whole << 6, favoured[whole], bound, other);
    }
  }

  private static void mark(short[] keys, short bound, long[] out) {
    int whole = keys.length >>> 6;
    for (int w = 0; w < whole; w++) {
      long word = 0;
      for (int j = 0; j < 64; j += SPECIES.length()) {
        word |= above(keys, (w << 6) + j, bound) << j;
      }
      out[w] = word;
    }
    if (whole < out.length) {
      out[whole] = rest(keys, whole << 6, -1L, bound, NEVER);
    }
  }

  private static long word(short[] keys, int from, long favoured, short bound, short other) {
    long in = 0;
    long out = 0;
    for (int j = 0; j < 64; j += SPECIES.length()) {
      ShortVector lanes = ShortVector.fromArray(SPECIES, keys, from + j);
      in |= lanes.compare(VectorOperators.GT, bound).toLong() << j;
      out |= lanes.compare(VectorOperators.GT, other).toLong() << j;
    }
    return in & favoured | out & ~favoured;
  }

  private static long above(short[] keys, int from, short bound) {
    VectorMask<Short> mask =
        ShortVector.fromArray(SPECIES, keys, from).compare(VectorOperators.GT, bound);
    return mask.toLong();
  }

  private static long rest(short[] keys, int from, long favoured, short bound, short other) {
    long word = 0;
    for (int i = keys.length - 1; i >= from; i--) {
      short least = (favoured >>> i & 1) != 0 ? bound : other;
      word = word << 1 | (least - keys[i]) >>> 31;
    }
    return word;
  }
}
