package io.dipper.hwsim.replay.demand;

/** The signals of one layer and group, of a few tokens after another. */
public interface TokenSignals extends SignalRows {
  /**
   * Turns to consecutive tokens of a sequence.
   *
   * @param first the first row, counted over all sequences
   * @param firstPosition its position in its sequence
   * @param count at most {@value TokenReplay#ROWS}
   */
  void read(int first, int firstPosition, int count);
}
