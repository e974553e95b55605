package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Hears every mask of a replay. */
public interface MaskListener {
  /**
   * One mask. Rows of the same point, group and layer come in order; different layers and groups
   * may come from different threads at once.
   *
   * @param point the index of the point
   * @param group the index of the group in the point's policy
   * @param row the token, counted over all sequences
   * @param mask valid during this call only
   */
  void onMask(int point, int group, int layer, int row, UnitSet mask);

  /** Hears nothing. */
  MaskListener NONE = (point, group, layer, row, mask) -> {};
}
