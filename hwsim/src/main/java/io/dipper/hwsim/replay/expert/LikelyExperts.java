package io.dipper.hwsim.replay.expert;

/**
 * Names the experts that a decoded token is likely to take in a layer, before the layer's router
 * has spoken. Not safe for use by many threads.
 */
interface LikelyExperts {
  /** None. */
  int[] NONE = {};

  /** Names nothing. */
  LikelyExperts NOTHING = (layer, token) -> NONE;

  /** A sequence begins. */
  default void begin() {}

  /** The tokens of a step have chosen in a layer. */
  default void chosen(int layer, Batch batch) {}

  /**
   * The experts of a layer, the likeliest first.
   *
   * @param token counted over all sequences
   */
  int[] of(int layer, int token);
}
