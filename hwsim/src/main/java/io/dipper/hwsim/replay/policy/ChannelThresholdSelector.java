package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Selects the units whose magnitude is strictly above a threshold of their own. */
final class ChannelThresholdSelector implements ScoreSelector {
  private final float[] thresholds;

  /**
   * @param thresholds one for each unit; not changed
   */
  ChannelThresholdSelector(float[] thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    mask.clear();
    for (int i = 0; i < thresholds.length; i++) {
      if (Math.abs(scores[i]) > thresholds[i]) {
        mask.add(i);
      }
    }
  }
}
