package io.dipper.hwsim.study.point;

/**
 * How many demands the next batch has: few at first, then as many as are expected to take a few
 * seconds, so that an interruption costs no more than that. The clock decides what is replayed
 * together and nothing of what comes out.
 */
final class BatchSize {
  /** Small enough to know soon how long a demand takes. */
  static final int FIRST = 4;

  static final int LARGEST = 32;
  private static final double WANTED_SECONDS = 5;

  private int next = FIRST;

  /** For the batch that comes next. */
  int next() {
    return next;
  }

  /**
   * Learns from a batch.
   *
   * @param demands how many it had, at least 1
   * @param seconds how long it took
   */
  void took(int demands, double seconds) {
    double fitting = demands * WANTED_SECONDS / Math.max(seconds, 1e-9);
    // A batch of cheap masks says little of dear ones, so it grows by steps.
    next = (int) Math.max(1, Math.min(Math.min(LARGEST, 2.0 * next), fitting));
  }
}
