package io.dipper.hwsim.replay.unit;

/**
 * Weights that compute a mask's scores and are no part of the model, such as a predictor's: they
 * stay in DRAM, and every token takes all of them.
 *
 * @param count of one layer; 0 where scores are activations of the model itself
 * @param bits of each
 */
public record ScoreWeights(long count, double bits) {
  /** No weights. */
  public static final ScoreWeights NONE = new ScoreWeights(0, 0);

  /** The bytes of one layer. */
  public double bytes() {
    return count * bits / Byte.SIZE;
  }
}
