package io.dipper.hwsim.mask;

/** Selects the units whose magnitude is strictly above a threshold; their number varies. */
final class ThresholdSelector implements MaskSelector {
  private final float threshold;

  ThresholdSelector(float threshold) {
    this.threshold = threshold;
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    long[] words = mask.words();
    int n = mask.size();
    for (int w = 0; w < words.length; w++) {
      long word = 0;
      int from = w << 6;
      int to = Math.min(from + 64, n);
      for (int i = from; i < to; i++) {
        word |= (Math.abs(scores[i]) > threshold ? 1L : 0L) << i;
      }
      words[w] = word;
    }
  }
}
