package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * Selects the k units with the largest logits, raw and not by magnitude, ties going to the lowest
 * index. Not safe for use by many threads.
 */
final class LargestLogits implements PredictedSelector.LogitRule {
  private final int k;
  private final TopK topK;
  private final int[] keys;

  /**
   * @param units the number N of units
   */
  LargestLogits(int k, int units) {
    this.k = k;
    this.topK = new TopK(units);
    this.keys = new int[units];
  }

  @Override
  public void select(float[] logits, UnitSet mask) {
    int positive = 0;
    for (float logit : logits) {
      positive += logit > 0 ? 1 : 0;
    }
    // A key has no room for a sign, so that either the positive logits are told apart, or the
    // others.
    boolean amongPositive = positive >= k;
    for (int i = 0; i < keys.length; i++) {
      float logit = logits[i];
      int magnitude = TopK.key(logit);
      if (amongPositive) {
        keys[i] = logit > 0 ? magnitude : 0;
      } else {
        keys[i] = logit > 0 ? Integer.MAX_VALUE : Integer.MAX_VALUE - 1 - magnitude;
      }
    }
    topK.select(keys, k, mask);
  }
}
