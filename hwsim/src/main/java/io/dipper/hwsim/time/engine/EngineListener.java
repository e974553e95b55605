package io.dipper.hwsim.time.engine;

/**
 * Hears what a run does as it does it: for timelines, and for ledgers by layer.
 *
 * <p>In every call {@code row} is the token under way, counted over all sequences, {@code layer} is
 * L for the head, and times count in picoseconds from the start of that token; a time before it,
 * when the token before was under way, is negative.
 */
public interface EngineListener {
  /**
   * A stretch of a token was spent on one activity; the stretches of a token follow one another.
   */
  void spent(int row, int layer, StepKind step, Activity activity, double startPs, double endPs);

  /**
   * It is known what a step works on: heard once for every step, in order.
   *
   * @param selected units; 0 where no mask is involved
   * @param hits those of them that are cached
   * @param flashBytes read from Flash for this step, whole pages, then or ahead
   */
  default void demanded(
      int row, int layer, StepKind step, int selected, int hits, double flashBytes, double atPs) {}

  /**
   * A stretch of a transfer ended.
   *
   * @param layer that the bytes are for
   * @param step that they are for
   * @param bytes of the whole transfer; 0 for a stretch at whose end it was set aside
   */
  default void transferred(
      TransferKind kind,
      int row,
      int layer,
      StepKind step,
      double startPs,
      double endPs,
      double bytes) {}

  /** A gauge shows another value. */
  default void changed(Gauge gauge, int row, double value, double atPs) {}

  /** Hears nothing. */
  EngineListener NONE = (row, layer, step, activity, startPs, endPs) -> {};
}
