package io.dipper.hwsim.mask;

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
  private static final int TOP_SHIFT = 20;
  private static final int STEP_BITS = 10;
  private static final int STEP_MASK = (1 << STEP_BITS) - 1;

  private final int[] histogram = new int[1 << (31 - TOP_SHIFT)];
  private final int[] candidates;

  /**
   * @param size the number N of units
   */
  public TopK(int size) {
    this.candidates = new int[size];
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
      histogram[keys[i] >>> TOP_SHIFT]++;
    }
    int rest = k;
    int bucket = histogram.length - 1;
    while (histogram[bucket] < rest) {
      rest -= histogram[bucket--];
    }
    narrow(keys, take(keys, bucket, out), TOP_SHIFT - STEP_BITS, rest, out);
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
    narrow(keys, count, TOP_SHIFT, k, out);
  }

  /** Takes the units above the bucket, and makes those in it the candidates. */
  private int take(int[] keys, int bucket, UnitSet out) {
    long[] words = out.words();
    int n = out.size();
    int count = 0;
    for (int w = 0; w < words.length; w++) {
      long word = 0;
      int from = w << 6;
      int to = Math.min(from + 64, n);
      for (int i = from; i < to; i++) {
        int above = (keys[i] >>> TOP_SHIFT) - bucket;
        word |= (long) (-above >>> 31) << i;
        candidates[count] = i;
        count += (above - 1 & ~above) >>> 31;
      }
      words[w] = word;
    }
    return count;
  }

  /** Adds the {@code k} largest of the first {@code count} candidates by the bits from shift on. */
  private void narrow(int[] keys, int count, int shift, int k, UnitSet out) {
    int size = count;
    int rest = k;
    for (int s = shift; s >= 0 && rest > 0 && rest < size; s -= STEP_BITS) {
      int mask = s == TOP_SHIFT ? Integer.MAX_VALUE : STEP_MASK;
      Arrays.fill(histogram, 0);
      for (int c = 0; c < size; c++) {
        histogram[keys[candidates[c]] >>> s & mask]++;
      }
      int bucket = histogram.length - 1;
      while (histogram[bucket] < rest) {
        rest -= histogram[bucket--];
      }
      int kept = 0;
      for (int c = 0; c < size; c++) {
        int digit = keys[candidates[c]] >>> s & mask;
        if (digit > bucket) {
          out.add(candidates[c]);
        } else if (digit == bucket) {
          candidates[kept++] = candidates[c];
        }
      }
      size = kept;
    }
    for (int c = 0; c < Math.min(rest, size); c++) {
      out.add(candidates[c]);
    }
  }
}
