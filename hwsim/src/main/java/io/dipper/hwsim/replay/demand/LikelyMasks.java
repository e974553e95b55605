package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Masks that are known before those of a layer and are likely to be like them. */
public interface LikelyMasks {
  /**
   * What is likely to be selected.
   *
   * @param row the token, counted over all sequences
   */
  UnitSet of(int row);
}
