package io.dipper.tracegen.runtime;

import io.dipper.trace.Site;

/**
 * Sees the activations of every MLP block as the forward pass makes them, and may change them: the
 * recorder copies them, a live masked run sets unselected values to zero.
 *
 * <p>Calls come layer by layer; within a layer in the order x, gate, up, glu; within a sequence by
 * ascending position.
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
   * @param values row-major, {@code rows} times the site's width; what is written here is what the
   *     block goes on with
   */
  void at(Site site, int layer, int sequence, int firstPosition, int rows, float[] values);

  /** A hook that leaves everything as it is. */
  MlpHook NONE = (site, layer, sequence, firstPosition, rows, values) -> {};
}
