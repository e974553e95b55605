package io.dipper.hwsim.replay.select;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * Exact selection of the k largest keys, ties going to the lowest index, in linear time: a radix
 * histogram of the keys' top bits finds the bucket in which the k-th largest lies, and only that
 * bucket's units are looked at further. Not safe for use by many threads.
 *
 * <p>Keys are ints that are not negative. The bits of a float without its sign are such a key: they
 * order as the magnitude does.
 */
public final class TopK {
  private static final int TOP_BITS = 11;

  private final int topShift;
  private final int stepBits;
  private final int[] histogram = new int[1 << TOP_BITS];
  private final int[] candidates;

  /**
   * @param size the number N of units
   */
  public TopK(int size) {
    this(size, 31 - TOP_BITS, (31 - TOP_BITS) / 2);
  }

  /**
   * @param topShift where the bits begin that the first histogram looks at
   * @param stepBits how many bits every further one looks at
   */
  private TopK(int size, int topShift, int stepBits) {
    this.candidates = new int[size];
    this.topShift = topShift;
    this.stepBits = stepBits;
  }

  /** A selection among keys of at most 16 bits. */
  static TopK ofShortKeys(int size) {
    return new TopK(size, KeyHistogram.RANGE_BITS, KeyHistogram.RANGE_BITS);
  }

  /** The magnitude of a score as a key. */
  public static int key(float score) {
    return Float.floatToRawIntBits(score) & Integer.MAX_VALUE;
  }

  /** Sets {@code out} to the k units with the largest keys: all where k is N or more. */
  public void select(int[] keys, int k, UnitSet out) {
    if (k >= out.size()) {
      out.fill();
      return;
    }
    out.clear();
    if (k <= 0) {
      return;
    }
    int n = out.size();
    Arrays.fill(histogram, 0);
    for (int i = 0; i < n; i++) {
      histogram[keys[i] >>> topShift]++;
    }
    int rest = k;
    int bucket = histogram.length - 1;
    while (histogram[bucket] < rest) {
      rest -= histogram[bucket--];
    }
    selectWithin(bucket, rest, keys, out);
  }

  /**
   * Sets {@code out} to the units above a bucket and to so many of the largest within it.
   *
   * @param bucket a value of the keys' top bits
   * @param rest how many units of the bucket are selected
   */
  void selectWithin(int bucket, int rest, int[] keys, UnitSet out) {
    narrow(keys, take(keys, bucket, out), topShift - stepBits, rest, out);
  }

  /**
   * Adds to {@code out} the k units with the largest keys of those in {@code among}: all of them
   * where there are no more than k.
   */
  public void addLargest(int[] keys, UnitSet among, int k, UnitSet out) {
    int count = 0;
    for (int i = among.next(0); i >= 0; i = among.next(i + 1)) {
      candidates[count++] = i;
    }
    narrow(keys, count, topShift, k, out);
  }

  /** Takes the units above the bucket, and makes those in it the candidates. */
  private int take(int[] keys, int bucket, UnitSet out) {
    long[] words = out.words();
    int least = (bucket << topShift) - 1;
    int most = least + (1 << topShift);
    int count = 0;
    for (int w = 0; w < words.length; w++) {
      int from = w << 6;
      boolean whole = from + 64 <= out.size();
      long in = whole ? split(keys, w, least, most, words) : splitRest(keys, w, least, most, words);
      for (; in != 0; in &= in - 1) {
        candidates[count++] = from + Long.numberOfTrailingZeros(in);
      }
    }
    return count;
  }

  /**
   * Makes a word of the units whose keys are above {@code most}, without branches; its halves side
   * by side, because each bit waits for the one before it.
   *
   * @return those above {@code least} and not above {@code most}
   */
  private static long split(int[] keys, int w, int least, int most, long[] out) {
    int from = w << 6;
    int aboveLow = 0;
    int aboveHigh = 0;
    int fromLow = 0;
    int fromHigh = 0;
    for (int i = from + 31; i >= from; i--) {
      int low = keys[i];
      int high = keys[i + 32];
      aboveLow = aboveLow + aboveLow + ((most - low) >>> 31);
      aboveHigh = aboveHigh + aboveHigh + ((most - high) >>> 31);
      fromLow = fromLow + fromLow + ((least - low) >>> 31);
      fromHigh = fromHigh + fromHigh + ((least - high) >>> 31);
    }
    out[w] = (long) aboveHigh << 32 | Integer.toUnsignedLong(aboveLow);
    return ((long) fromHigh << 32 | Integer.toUnsignedLong(fromLow)) ^ out[w];
  }

  /**
   * Makes the last word of the units whose keys are above {@code most}, where it has fewer units
   * than bits.
   */
  private long splitRest(int[] keys, int w, int least, int most, long[] out) {
    long above = 0;
    long from = 0;
    for (int i = candidates.length - 1; i >= w << 6; i--) {
      above = above << 1 | (most - keys[i]) >>> 31;
      from = from << 1 | (least - keys[i]) >>> 31;
    }
    out[w] = above;
    return from ^ above;
  }

  /** Adds the {@code k} largest of the first {@code count} candidates by the bits from shift on. */
  private void narrow(int[] keys, int count, int shift, int k, UnitSet out) {
    int size = count;
    int rest = k;
    for (int s = shift; s >= 0 && rest > 0 && rest < size; s -= stepBits) {
      int mask = s == topShift ? Integer.MAX_VALUE : (1 << stepBits) - 1;
      Arrays.fill(histogram, 0);
      for (int c = 0; c < size; c++) {
        histogram[keys[candidates[c]] >>> s & mask]++;
      }
      int bucket = histogram.length - 1;
      while (histogram[bucket] < rest) {
        rest -= histogram[bucket--];
      }
      size = keepBucket(keys, size, s, mask, bucket, out);
    }
    for (int c = 0; c < Math.min(rest, size); c++) {
      out.add(candidates[c]);
    }
  }

  /**
   * Adds the candidates above a bucket, without branches, and keeps those in it.
   *
   * @return the number of candidates left
   */
  private int keepBucket(int[] keys, int size, int shift, int mask, int bucket, UnitSet out) {
    long[] words = out.words();
    int kept = 0;
    for (int c = 0; c < size; c++) {
      int unit = candidates[c];
      int below = bucket - (keys[unit] >>> shift & mask);
      words[unit >>> 6] |= (long) (below >>> 31) << unit;
      candidates[kept] = unit;
      kept += ~(below | -below) >>> 31;
    }
    return kept;
  }
}
