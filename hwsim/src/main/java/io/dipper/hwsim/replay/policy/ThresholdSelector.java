package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.trace.Fp16;

/** Selects the units whose magnitude is strictly above a threshold; their number varies. */
final class ThresholdSelector implements ScoreSelector {
  private final float threshold;
  private final int bound;
  private final KeySelection selection;

  /**
   * @param units the number N of units
   */
  ThresholdSelector(float threshold, int units) {
    this.threshold = threshold;
    this.bound = bound(threshold);
    this.selection = KeySelection.create(units);
  }

  /** The largest key of a magnitude that is not above the threshold, or -1. */
  private static int bound(float threshold) {
    int least = 0;
    while (least <= RecordedRow.KEY_MASK && !(Fp16.decode((short) least) > threshold)) {
      least++;
    }
    return least - 1;
  }

  @Override
  public void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    selection.above(row.keys(), bound, mask);
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
