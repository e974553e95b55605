package io.dipper.hwsim.replay.policy;

/**
 * TEAL's greedy split of a block's density over its sites: from a dense block on, step by step, the
 * site is pruned further whose pruning then loses least, until the block has the density that is
 * asked for. A step takes the same share of the block's weights from either site, so that one of
 * the smaller site's takes more of its units.
 *
 * <p>The published search measures the error of the block's output in forward passes. Here it is
 * taken from what was recorded: the lost energy of a site is its share of {@code Σ (v ‖W_i‖)²}
 * below the threshold; of inputs it counts twice, because they enter the block's product through
 * gate and up.
 */
final class GreedyAllocation {
  /** The share of the block's weights that a step takes. */
  private static final double STEP = 0.01;

  private static final double X_SHARE = 2.0 / 3;
  private static final double H_SHARE = 1.0 / 3;
  private static final double X_WEIGHT = 2;

  private GreedyAllocation() {}

  /**
   * The fractions of the units that are kept at the two sites of a layer.
   *
   * @param density of the block, from 0 to 1
   */
  static Densities of(double density, LostEnergy inputs, LostEnergy glu) {
    double keepX = 1;
    double keepH = 1;
    double left = 1 - density;
    while (left > 1e-12) {
      double step = Math.min(STEP, left);
      double nextX = keepX - step / X_SHARE;
      double nextH = keepH - step / H_SHARE;
      double lossX = X_WEIGHT * inputs.below(nextX) + glu.below(keepH);
      double lossH = X_WEIGHT * inputs.below(keepX) + glu.below(nextH);
      boolean prunesX = nextH < 0 || (nextX >= 0 && lossX <= lossH);
      if (prunesX) {
        keepX = Math.max(0, nextX);
      } else {
        keepH = nextH;
      }
      left -= step;
    }
    return new Densities(keepX, keepH);
  }
}
