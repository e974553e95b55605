package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Receives the masks of one layer and group, token by token. */
public interface MaskSink {
  /**
   * Takes in the mask of a token.
   *
   * @param row the token, counted over all sequences
   * @param mask valid during this call only, as the signals are
   * @param signals what the mask was chosen by
   */
  void accept(int row, UnitSet mask, Signals signals);
}
