package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Hears which experts tokens take. */
@FunctionalInterface
public interface ChoiceListener {
  /** Hears nothing. */
  ChoiceListener NONE = (layer, token, choice) -> {};

  /**
   * A token has its experts.
   *
   * @param layer counted among those that have experts
   * @param token counted over all sequences
   * @param choice valid during the call
   */
  void chosen(int layer, int token, ExpertChoice choice);

  /**
   * One of the token's experts has its mask; called for each of them by rank, where a mask chooses
   * inside experts, once the token has its experts.
   *
   * @param mask valid during the call
   */
  default void masked(int layer, int token, int rank, UnitSet mask) {}
}
