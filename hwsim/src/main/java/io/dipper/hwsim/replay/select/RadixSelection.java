package io.dipper.hwsim.replay.select;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Selection by radix histograms of keys or ranks, in scalar loops. */
final class RadixSelection implements KeySelection {
  private final TopK topK;
  private final int[] ranked;

  /**
   * @param units the number N of units
   */
  RadixSelection(int units) {
    this.topK = TopK.ofShortKeys(units);
    this.ranked = new int[units];
  }

  /** The first histogram is the row's, made once for every k. */
  @Override
  public void largest(RecordedRow row, int k, UnitSet out) {
    if (k <= 0 || k >= out.size()) {
      topK.select(ranked, k, out);
      return;
    }
    KeyHistogram histogram = row.histogram();
    int range = histogram.rangeOf(k);
    widen(row.keys());
    topK.selectWithin(range, k - histogram.above(range), ranked, out);
  }

  @Override
  public void select(short[] keys, UnitSet favoured, MergedRanks ranks, int k, UnitSet out) {
    rank(keys, favoured.words(), ranks);
    topK.select(ranked, k, out);
  }

  private void widen(short[] keys) {
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = keys[i];
    }
  }

  private void rank(short[] keys, long[] favoured, MergedRanks ranks) {
    for (int w = 0; w < favoured.length; w++) {
      long word = favoured[w];
      int from = w << 6;
      int to = Math.min(from + 64, ranked.length);
      for (int i = from; i < to; i++) {
        ranked[i] = ranks.of(keys[i], word & 1);
        word >>>= 1;
      }
    }
  }

  @Override
  public void addLargest(short[] keys, UnitSet among, int k, UnitSet out) {
    widen(keys);
    topK.addLargest(ranked, among, k, out);
  }

  @Override
  public void above(short[] keys, int bound, UnitSet out) {
    long[] words = out.words();
    for (int w = 0; w < words.length; w++) {
      long word = 0;
      int from = w << 6;
      for (int i = Math.min(from + 64, keys.length) - 1; i >= from; i--) {
        word = word << 1 | (bound - keys[i]) >>> 31;
      }
      words[w] = word;
    }
  }
}
