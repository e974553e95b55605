package io.dipper.hwsim.time.engine;

/**
 * Hears what a run does as it does it: for timelines, and for ledgers by layer.
 *
 * <p>Times count in picoseconds from the start of the token under way; a time before it, when the
 * token before was under way, is negative.
 */
public interface EngineListener {
  /** A stretch has ended; the stretches of a token follow one another. */
  void spent(Stretch stretch);

  /** It is known what a step works on: heard once for every step, in order. */
  default void demanded(StepDemand demand) {}

  /** A stretch of a transfer has ended. */
  default void transferred(Transfer transfer) {}

  /**
   * A gauge shows another value.
   *
   * @param row the token under way
   */
  default void changed(Gauge gauge, int row, double value, double atPs) {}

  /** Hears nothing. */
  EngineListener NONE = stretch -> {};
}
