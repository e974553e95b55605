package io.dipper.hwsim.replay.expert;

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
}
