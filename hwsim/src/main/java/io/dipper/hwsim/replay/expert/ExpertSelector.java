package io.dipper.hwsim.replay.expert;

import java.util.function.IntPredicate;

/**
 * Chooses the experts of one layer, token by token. The same object serves replays and live runs.
 * Not safe for use by many threads.
 */
public interface ExpertSelector {
  /** A sequence begins. */
  default void begin() {}

  /**
   * Chooses the experts of a token.
   *
   * @param row what the router says
   * @param decode whether the token is decoded; false for those of a prompt
   * @param cached whether an expert of this layer was cached before the step
   * @param choice receives the experts; its old content is lost
   */
  void select(RouterRow row, boolean decode, IntPredicate cached, ExpertChoice choice);
}
