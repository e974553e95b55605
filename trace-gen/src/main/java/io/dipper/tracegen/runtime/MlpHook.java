package io.dipper.tracegen.runtime;

import io.dipper.trace.Site;

/**
 * Sees the activations of every MLP block as the forward pass makes them, and may change them: the
 * recorder copies them, a live masked run sets unselected values to zero.
 *
 * <p>Calls come from one thread. What a layer sees, it sees in order: sequence by sequence, and
 * within a sequence chunk by chunk, without gaps from position 0 on, each chunk at x, gate, up,
 * glu. So state per layer (a cache) begins anew wherever {@code firstPosition} is 0. Across layers
 * nothing is promised: a whole batch of sequences may pass layer 0 before any passes layer 1.
 */
public interface MlpHook {
  /**
   * Activations of consecutive tokens of one sequence.
   *
   * @param site where
   * @param layer 0-based
   * @param sequence index of the sequence
   * @param firstPosition position of row 0 in the sequence
   * @param rows how many tokens
   * @param values row-major, {@code rows} times the site's width (the array may be longer); what is
   *     written here is what the block goes on with. The array is reused: copy what is to be kept
   */
  void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values);

  /** A hook that leaves everything as it is. */
  MlpHook NONE = (site, layer, sequence, firstPosition, rows, values) -> {};
}
