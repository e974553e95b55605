package io.dipper.hwsim.replay.unit;

import java.util.Arrays;

/**
 * A set of units {@code 0 .. size-1} as a bit set of fixed size, 64 to a word; bits beyond the size
 * are always 0.
 */
public final class UnitSet {
  private final int size;
  private final long[] words;

  public UnitSet(int size) {
    this.size = size;
    this.words = new long[(size + 63) >>> 6];
  }

  /** The number N of units that can be in the set. */
  public int size() {
    return size;
  }

  /** The words themselves, not a copy: word w holds units 64w .. 64w+63, lowest bit first. */
  public long[] words() {
    return words;
  }

  public boolean contains(int unit) {
    return (words[unit >>> 6] >>> unit & 1) != 0;
  }

  public void add(int unit) {
    words[unit >>> 6] |= 1L << unit;
  }

  public void remove(int unit) {
    words[unit >>> 6] &= ~(1L << unit);
  }

  public void clear() {
    Arrays.fill(words, 0);
  }

  /** Puts every unit into the set. */
  public void fill() {
    Arrays.fill(words, -1L);
    int rest = size & 63;
    if (rest != 0) {
      words[words.length - 1] = (1L << rest) - 1;
    }
  }

  public int cardinality() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** The number of units that are in both sets, which must have the same size. */
  public int intersectionSize(UnitSet other) {
    int count = 0;
    for (int w = 0; w < words.length; w++) {
      count += Long.bitCount(words[w] & other.words[w]);
    }
    return count;
  }

  /**
   * The number of runs of adjacent units that are in this set and not in another of the same size:
   * each is one stretch of a matrix that is stored unit by unit.
   */
  public int runsOutside(UnitSet other) {
    int runs = 0;
    long lastOfPrevious = 0;
    for (int w = 0; w < words.length; w++) {
      long outside = words[w] & ~other.words[w];
      runs += Long.bitCount(outside & ~(outside << 1 | lastOfPrevious));
      lastOfPrevious = outside >>> 63;
    }
    return runs;
  }

  /** Puts the units of another set of the same size into this one. */
  public void addAll(UnitSet other) {
    for (int w = 0; w < words.length; w++) {
      words[w] |= other.words[w];
    }
  }

  public void copyFrom(UnitSet other) {
    System.arraycopy(other.words, 0, words, 0, words.length);
  }

  /** Becomes the units of one set that are not in another, all of the same size. */
  public void copyFrom(UnitSet other, UnitSet without) {
    for (int w = 0; w < words.length; w++) {
      words[w] = other.words[w] & ~without.words[w];
    }
  }

  /** The lowest unit of the set that is at least {@code from}, or -1. */
  public int next(int from) {
    int w = from >>> 6;
    if (from >= size) {
      return -1;
    }
    long word = words[w] & (-1L << from);
    while (word == 0) {
      if (++w == words.length) {
        return -1;
      }
      word = words[w];
    }
    return (w << 6) + Long.numberOfTrailingZeros(word);
  }

  /** The lowest index from {@code from} on that is not in the set; the size where there is none. */
  public int nextAbsent(int from) {
    int w = from >>> 6;
    if (from >= size) {
      return size;
    }
    long absent = ~words[w] & (-1L << from);
    while (absent == 0) {
      if (++w == words.length) {
        return size;
      }
      absent = ~words[w];
    }
    return Math.min(size, (w << 6) + Long.numberOfTrailingZeros(absent));
  }
}
