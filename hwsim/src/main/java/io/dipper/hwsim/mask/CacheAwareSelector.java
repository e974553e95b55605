package io.dipper.hwsim.mask;

/**
 * DIP-CA's selection: top-k of the scores, those of uncached units multiplied by gamma, except the
 * {@code fixed} largest. All in float32: gamma is rounded, then one multiplication.
 */
final class CacheAwareSelector implements MaskSelector {
  private final Gamma gamma;
  private final int k;
  private final int fixed;
  private final TopK topK;
  private final int[] keys;
  private final UnitSet largest;
  private final float[] factors = {0, 1};

  CacheAwareSelector(Gamma gamma, int k, int fixed, int units) {
    this.gamma = gamma;
    this.k = k;
    this.fixed = fixed;
    this.topK = new TopK(units);
    this.keys = new int[units];
    this.largest = new UnitSet(units);
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    if (position == 0 || fixed > 0) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = TopK.key(scores[i]);
      }
    }
    if (position == 0) {
      topK.select(keys, k, mask);
      return;
    }
    if (fixed > 0) {
      topK.select(keys, fixed, largest);
    }
    factors[0] = (float) gamma.at(position);
    weigh(scores, cache.cached());
    topK.select(keys, k, mask);
  }

  /** Makes the keys those of the weighed scores, a word of units at a time. */
  private void weigh(float[] scores, UnitSet cached) {
    long[] words = cached.words();
    for (int w = 0; w < words.length; w++) {
      long kept = words[w] | largest.words()[w];
      int from = w << 6;
      int to = Math.min(from + 64, keys.length);
      for (int i = from; i < to; i++) {
        keys[i] = TopK.key(scores[i] * factors[(int) kept & 1]);
        kept >>>= 1;
      }
    }
  }
}
