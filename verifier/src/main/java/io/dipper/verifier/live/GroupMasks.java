package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.KeptMasks;

/**
 * The masks of a group that are at hand: working memory that layers share.
 *
 * @param live those of the chunk
 * @param replayed those of the replay, of the same tokens
 * @param history the live ones of the layer before
 */
record GroupMasks(KeptMasks live, KeptMasks replayed, MaskHistory history) {
  /**
   * @param units the number N of units
   * @param tokens of all sequences
   */
  GroupMasks(int units, int tokens) {
    this(new KeptMasks(units), new KeptMasks(units), new MaskHistory(units, tokens));
  }

  /** Turns to a chunk. */
  void begin(LiveChunk chunk) {
    live.begin(chunk.row(), chunk.rows());
    replayed.begin(chunk.row(), chunk.rows());
  }
}
