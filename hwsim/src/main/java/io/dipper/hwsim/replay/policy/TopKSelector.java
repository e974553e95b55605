package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.KeySelection;
import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Selects the k units of largest magnitude. */
final class TopKSelector implements ScoreSelector {
  private final int k;
  private final TopK topK;
  private final int[] keys;
  private final KeySelection selection;

  /**
   * @param units the number N of units
   */
  TopKSelector(int k, int units) {
    this.k = k;
    this.topK = new TopK(units);
    this.keys = new int[units];
    this.selection = KeySelection.create(units);
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = TopK.key(scores[i]);
    }
    topK.select(keys, k, mask);
  }

  @Override
  public void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    selection.largest(row, k, mask);
  }
}
