package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.LikelyMasks;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * The live masks of a group in a layer and in the one before, of all tokens: whole batches of
 * sequences may pass a layer before any of them passes the next. Nothing is kept until somebody
 * asks for it.
 */
final class MaskHistory {
  private final int units;
  private final UnitSet[][] masks;
  private boolean wanted;

  /**
   * @param units the number N of units
   * @param tokens of all sequences
   */
  MaskHistory(int units, int tokens) {
    this.units = units;
    this.masks = new UnitSet[2][tokens];
  }

  /** The masks of the layer before, by token; kept from now on. */
  LikelyMasks before(int layer) {
    wanted = true;
    UnitSet[] before = masks[layer - 1 & 1];
    return row -> before[row];
  }

  /** Takes in a mask, in the place of that of two layers before. */
  void keep(int layer, int row, UnitSet mask) {
    if (!wanted) {
      return;
    }
    UnitSet[] ofLayer = masks[layer & 1];
    if (ofLayer[row] == null) {
      ofLayer[row] = new UnitSet(units);
    }
    ofLayer[row].copyFrom(mask);
  }
}
