package io.dipper.hwsim.replay.demand;

/**
 * A loop over recorded signals.
 *
 * @param signals may be shared with other loops, which then read each row once
 */
record RecordedMasks(RecordedSignals signals, MaskLoop loop) {
  /** Chooses the masks of a few rows; see {@link RowVisitor#visit}. */
  void play(int first, int position, int count) {
    signals.read(first, position, count);
    loop.play(signals, first, count);
  }
}
