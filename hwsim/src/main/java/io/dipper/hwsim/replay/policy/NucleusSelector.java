package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * Selects the fewest units whose magnitudes sum up to a share of the sum of all, the largest first,
 * ties by lowest index. Both sums are of doubles in that order.
 */
final class NucleusSelector implements ScoreSelector {
  private final double share;
  private final long[] order;

  /**
   * @param units the number N of units
   */
  NucleusSelector(double share, int units) {
    this.share = share;
    this.order = new long[units];
  }

  @Override
  public void select(float[] scores, int position, CacheView cache, UnitSet mask) {
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) TopK.key(scores[i]) << Integer.SIZE | (Integer.MAX_VALUE - i);
    }
    Arrays.sort(order);
    double wanted = share * sum();
    double kept = 0;
    mask.clear();
    for (int i = order.length - 1; i >= 0 && kept < wanted; i--) {
      mask.add(Integer.MAX_VALUE - (int) order[i]);
      kept += magnitude(order[i]);
    }
  }

  private double sum() {
    double sum = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      sum += magnitude(order[i]);
    }
    return sum;
  }

  private static float magnitude(long entry) {
    return Float.intBitsToFloat((int) (entry >>> Integer.SIZE));
  }
}
