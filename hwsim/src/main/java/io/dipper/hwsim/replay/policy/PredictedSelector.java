package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.predictor.LowRankMap;

/** Selects units by the logits that a predictor's map computes from the one declared signal. */
final class PredictedSelector implements MaskSelector {
  private final LowRankMap map;
  private final LogitRule rule;
  private final float[] hidden;
  private final float[] logits;

  /** Turns the logits of a token, one per unit, into its mask. */
  @FunctionalInterface
  interface LogitRule {
    void select(float[] logits, UnitSet mask);
  }

  PredictedSelector(LowRankMap map, LogitRule rule) {
    this.map = map;
    this.rule = rule;
    this.hidden = new float[map.rank()];
    this.logits = new float[map.units()];
  }

  @Override
  public void select(Signals signals, CacheView cache, UnitSet mask) {
    map.apply(signals.values(0), hidden, logits);
    rule.select(logits, mask);
  }
}
