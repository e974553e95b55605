package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * Selects of every m neighbours the {@code floor(keep * m)} of largest magnitude, ties by lowest
 * index; of fewer neighbours at the end the same share.
 */
final class NOfMSelector implements ScoreSelector {
  private final double keep;
  private final int m;

  NOfMSelector(double keep, int m) {
    this.keep = keep;
    this.m = m;
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    mask.clear();
    for (int from = 0; from < scores.length; from += m) {
      int to = Math.min(from + m, scores.length);
      int n = Densities.units(keep, to - from);
      for (int i = from; i < to; i++) {
        if (larger(scores, from, to, i) < n) {
          mask.add(i);
        }
      }
    }
  }

  /** How many of the neighbours come before one of them. */
  private static int larger(float[] scores, int from, int to, int i) {
    int key = TopK.key(scores[i]);
    int count = 0;
    for (int j = from; j < to; j++) {
      int other = TopK.key(scores[j]);
      count += other > key || (other == key && j < i) ? 1 : 0;
    }
    return count;
  }
}
