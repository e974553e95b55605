package io.dipper.tracegen.runtime;

import io.dipper.trace.Site;

/** What a decoder layer does to each token by itself, between its two norms. */
interface FeedForward {
  /** Gets the weights of a layer; those of another are then no longer there. */
  void prepare(int layer);

  /**
   * Runs the block of the layer that was prepared on a chunk of tokens of one sequence.
   *
   * @param x the normalised input, a row of H per token; the hook may change it
   * @param out receives the output, a row of H per token
   */
  void apply(Chunk chunk, float[] x, MlpHook hook, float[] out);

  /** Lets a hook see, and change, values of a chunk. */
  static void at(Site site, Chunk chunk, MlpHook hook, float[] values) {
    hook.at(site, chunk.layer(), chunk.sequence(), chunk.firstPosition(), chunk.rows(), values);
  }
}
