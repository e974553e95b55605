package io.dipper.hwsim.cache;

import io.dipper.hwsim.mask.UnitSet;

/** Which of the missed units are admitted when a mask is larger than the cache. */
interface OverflowRule {
  /**
   * Leaves {@code n} members in {@code missed}, which has more than that.
   *
   * @param scores the token's scores
   */
  void keep(int n, UnitSet missed, float[] scores);
}
