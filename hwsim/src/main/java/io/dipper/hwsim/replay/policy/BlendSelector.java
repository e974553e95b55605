package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * DIP-CA's alternative selection: top-k of {@code gamma * s + (1 - gamma) * c}, with s the scores
 * divided by their maximum and c = 1 for cached units, except the {@code fixed} largest scores,
 * which stay as they are. All in float32.
 */
final class BlendSelector implements ScoreSelector {
  private final Gamma gamma;
  private final int k;
  private final int fixed;
  private final TopK topK;
  private final int[] keys;
  private final UnitSet largest;

  BlendSelector(Gamma gamma, int k, int fixed, int units) {
    this.gamma = gamma;
    this.k = k;
    this.fixed = fixed;
    this.topK = new TopK(units);
    this.keys = new int[units];
    this.largest = new UnitSet(units);
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    float max = 0;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = TopK.key(scores[i]);
      max = Math.max(max, Math.abs(scores[i]));
    }
    if (position > 0) {
      topK.select(keys, fixed, largest);
      blend(max, gamma.at(position), cache.cached());
    }
    topK.select(keys, k, mask);
  }

  private void blend(float max, double gammaAt, UnitSet cached) {
    float own = (float) gammaAt;
    float bonus = (float) (1 - gammaAt);
    for (int i = 0; i < keys.length; i++) {
      float normalised = max == 0 ? 0 : Float.intBitsToFloat(keys[i]) / max;
      float blended = own * normalised + (cached.contains(i) ? bonus : 0);
      keys[i] = TopK.key(largest.contains(i) ? normalised : blended);
    }
  }
}
