package io.dipper.tracegen.runtime;

import io.dipper.trace.Site;

/**
 * Sees the activations of every MLP block as the forward pass makes them, and may change them: the
 * recorder copies them, a live masked run sets unselected values to zero.
 *
 * <p>Calls come from one thread. What a layer sees, it sees in order: sequence by sequence, and
 * within a sequence chunk by chunk, without gaps from position 0 on, each chunk at x, gate, up,
 * glu, or in a layer with experts at x, router, router_ahead, expert_gate, expert_up, expert_glu.
 * So state per layer (a cache) begins anew wherever {@code firstPosition} is 0. Across layers
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

  /**
   * Which experts tokens go to, in a layer that has some. Called between the site router and those
   * of the chosen experts, whose rows then have as many ranks as the routing.
   *
   * @param logits the router's, row-major, {@code rows} times E
   * @param own the model's own choice, by rank
   * @return what the block goes on with: that choice, changed in place or not, or another, of any
   *     number of ranks
   */
  default Routing route(
      int layer, int sequence, int firstPosition, int rows, float[] logits, Routing own) {
    return own;
  }

  /** Whether this hook looks at a site; where it does not, it may be called or not. */
  default boolean sees(Site site) {
    return true;
  }

  /** A hook that leaves everything as it is. */
  MlpHook NONE =
      new MlpHook() {
        @Override
        public void at(
            Site site, int layer, int sequence, int firstPosition, int rows, float[] values) {}

        @Override
        public boolean sees(Site site) {
          return false;
        }
      };
}
