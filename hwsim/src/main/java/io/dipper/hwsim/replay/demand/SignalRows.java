package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;

/** The signals of a few consecutive tokens of a sequence, for one layer and group. */
public interface SignalRows {
  /**
   * What is to be looked at for one of the tokens, valid until the next call.
   *
   * @param r counted from 0 within these rows
   */
  Signals row(int r);
}
