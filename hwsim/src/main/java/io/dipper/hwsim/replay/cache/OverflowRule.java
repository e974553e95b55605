package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Which of the missed units are admitted when a mask is larger than the cache. */
public interface OverflowRule {
  /**
   * Leaves {@code n} members in {@code missed}, which has more than that.
   *
   * @param scores the token's scores
   */
  void keep(int n, UnitSet missed, float[] scores);
}
