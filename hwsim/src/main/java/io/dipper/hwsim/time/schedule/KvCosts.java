package io.dipper.hwsim.time.schedule;

/**
 * What attention takes for each position of the KV cache, in one layer and for one token.
 *
 * @param bytes read of keys and values
 * @param bits of each of their numbers
 * @param flops of scores and sums
 * @param window the most positions that are kept and attended to; infinite without a window
 */
public record KvCosts(double bytes, double bits, double flops, double window) {
  /** No attention. */
  static final KvCosts NONE = new KvCosts(0, 0, 0, Double.POSITIVE_INFINITY);
}
