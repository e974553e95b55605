package io.dipper.hwsim.replay.layout;

/**
 * Units in the order of a chain that links those that are selected together: it begins with the
 * unit that is selected most often, and each next one is, of those that are left, the one that was
 * selected most often together with the one before it; ties go to the lowest index.
 *
 * <p>A mask of m units has as many runs as m less the pairs of neighbours that it selects both, so
 * the sum of such pairs is what an order can gain: Ripple, arXiv 2410.19274, section 4, which looks
 * for the chain among all pairs at once. This one is its nearest-neighbour form: exact counts of
 * all pairs, O(N²), in the memory of the masks.
 */
public final class CoActivation {
  /** Bits of a unit. */
  public static final int TOKENS = 256;

  /** Words that hold them. */
  public static final int WORDS = TOKENS / 64;

  private CoActivation() {}

  /**
   * The place of each unit in the chain.
   *
   * @param masks {@link #WORDS} words per unit, one after another: a bit for each token that
   *     selects it
   */
  public static int[] places(long[] masks) {
    int units = masks.length / WORDS;
    long[] left = masks.clone();
    int[] unitOf = new int[units];
    for (int i = 0; i < units; i++) {
      unitOf[i] = i;
    }
    int[] places = new int[units];
    long[] last = {-1, -1, -1, -1};
    for (int place = 0, remaining = units; remaining > 0; place++) {
      int next = nearest(left, unitOf, remaining, last);
      places[unitOf[next]] = place;
      System.arraycopy(left, next * WORDS, last, 0, WORDS);
      remaining--;
      unitOf[next] = unitOf[remaining];
      System.arraycopy(left, remaining * WORDS, left, next * WORDS, WORDS);
    }
    return places;
  }

  private static int nearest(long[] left, int[] unitOf, int remaining, long[] last) {
    long a = last[0];
    long b = last[1];
    long c = last[2];
    long d = last[3];
    int most = -1;
    int nearest = -1;
    for (int i = 0, w = 0; i < remaining; i++, w += WORDS) {
      int together =
          Long.bitCount(left[w] & a)
              + Long.bitCount(left[w + 1] & b)
              + Long.bitCount(left[w + 2] & c)
              + Long.bitCount(left[w + 3] & d);
      if (together > most || (together == most && unitOf[i] < unitOf[nearest])) {
        most = together;
        nearest = i;
      }
    }
    return nearest;
  }
}
