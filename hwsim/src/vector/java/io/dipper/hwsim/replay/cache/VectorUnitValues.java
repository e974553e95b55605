package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops over values on the Vector API. The value at which to stop is searched for by counting,
 * from the one found for the token before on, which is seldom far away.
 */
public final class VectorUnitValues implements UnitValues {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

  private int last;

  @Override
  public void count(int[] values, UnitSet set) {
    long[] words = set.words();
    int whole = values.length >>> 6;
    for (int w = 0; w < whole; w++) {
      long word = words[w];
      for (int j = 0; j < 64; j += SPECIES.length()) {
        int from = (w << 6) + j;
        IntVector.fromArray(SPECIES, values, from)
            .add(1, VectorMask.fromLong(SPECIES, word >>> j))
            .intoArray(values, from);
      }
    }
    for (int unit = set.next(whole << 6); unit >= 0; unit = set.next(unit + 1)) {
      values[unit]++;
    }
  }

  @Override
  public void put(int[] values, UnitSet set, int value) {
    long[] words = set.words();
    int whole = values.length >>> 6;
    for (int w = 0; w < whole; w++) {
      long word = words[w];
      for (int j = 0; j < 64; j += SPECIES.length()) {
        int from = (w << 6) + j;
        IntVector.fromArray(SPECIES, values, from)
            .blend(value, VectorMask.fromLong(SPECIES, word >>> j))
            .intoArray(values, from);
      }
    }
    for (int unit = set.next(whole << 6); unit >= 0; unit = set.next(unit + 1)) {
      values[unit] = value;
    }
  }

  /** The least value that at most n members are below, and n or more below the next one. */
  @Override
  public void removeLeast(int n, int[] values, UnitSet set) {
    long[] words = set.words();
    int low = 0;
    int below = 0;
    int high = Integer.MAX_VALUE;
    int value = Math.max(last, 1);
    int step = 1;
    while (high - low > 1) {
      int count = countBelow(value, values, words);
      if (count <= n) {
        low = value;
        below = count;
      } else {
        high = value;
      }
      if (count == n) {
        break;
      }
      value = next(value, low, high, step);
      step <<= 1;
    }
    last = low;
    remove(low, n - below, values, words);
  }

  /** Steps that double, until the value is between two bounds; then their middle. */
  private static int next(int value, int low, int high, int step) {
    int middle = low + (high - low >>> 1);
    if (high == Integer.MAX_VALUE) {
      return step > 0 ? (int) Math.min((long) value + step, middle) : middle;
    }
    return low == 0 && step > 0 ? Math.max(value - step, middle) : middle;
  }

  private static int countBelow(int bound, int[] values, long[] words) {
    int count = 0;
    int whole = values.length >>> 6;
    for (int w = 0; w < whole; w++) {
      if (words[w] != 0) {
        count += Long.bitCount(below(bound, values, w << 6) & words[w]);
      }
    }
    for (int i = whole << 6; i < values.length; i++) {
      count += (int) (words[i >>> 6] >>> i & 1) & (values[i] - bound) >>> 31;
    }
    return count;
  }

  private static long below(int bound, int[] values, int from) {
    long below = 0;
    for (int j = 0; j < 64; j += SPECIES.length()) {
      IntVector lanes = IntVector.fromArray(SPECIES, values, from + j);
      below |= lanes.compare(VectorOperators.LT, bound).toLong() << j;
    }
    return below;
  }

  /** Removes members below a value, and the first few that have it. */
  private static void remove(int value, int ties, int[] values, long[] words) {
    int rest = ties;
    int whole = values.length >>> 6;
    for (int w = 0; w < words.length; w++) {
      if (words[w] == 0) {
        continue;
      }
      long gone = words[w] & (w < whole ? below(value, values, w << 6) : tail(value, values, w));
      if (rest > 0) {
        long next = w < whole ? below(value + 1, values, w << 6) : tail(value + 1, values, w);
        long tied = words[w] & next & ~gone;
        for (; tied != 0 && rest > 0; tied &= tied - 1) {
          gone |= tied & -tied;
          rest--;
        }
      }
      words[w] &= ~gone;
    }
  }

  private static long tail(int bound, int[] values, int w) {
    long below = 0;
    for (int i = values.length - 1; i >= w << 6; i--) {
      below = below << 1 | (values[i] - bound) >>> 31;
    }
    return below;
  }
}
