package io.dipper.hwsim.engine;

/** Hears what a run does as it does it: for timelines, and for ledgers by layer. */
public interface EngineListener {
  /**
   * A stretch of a token was spent on one activity.
   *
   * @param row the token, counted over all sequences
   * @param layer the layer; L for the head
   * @param startPs from the start of the token
   * @param endPs from the start of the token
   */
  void spent(int row, int layer, StepKind step, Activity activity, double startPs, double endPs);

  /** Hears nothing. */
  EngineListener NONE = (row, layer, step, activity, startPs, endPs) -> {};
}
