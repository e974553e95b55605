package io.dipper.hwsim.time.device;

/**
 * What reads take of the processor: while one is under way arithmetic goes on at the pace that is
 * left, so that beside all of a read of T seconds that takes W of the processor it lasts W longer.
 */
public final class ReadLoad {
  /** The most that is taken of the processor, whose turn comes even beside the smallest reads. */
  private static final double MOST = 0.95;

  private final Clock clock;
  private final Runnable changed;
  private double share;
  private double sincePs;
  private double takenPs;

  /**
   * @param changed called when arithmetic goes on at another pace
   */
  public ReadLoad(Clock clock, Runnable changed) {
    this.clock = clock;
    this.changed = changed;
  }

  /** The share that a read takes of the processor's time. */
  static double share(double processorSeconds, double seconds) {
    return processorSeconds == 0 ? 0 : Math.min(MOST, processorSeconds / seconds);
  }

  /** From now on a share of the processor is taken; 0 where nothing is read. */
  void take(double newShare) {
    if (newShare != share) {
      takenPs = takenPs();
      sincePs = clock.nowPs();
      share = newShare;
      changed.run();
    }
  }

  /** The time that was taken until now. */
  public double takenPs() {
    return takenPs + share * (clock.nowPs() - sincePs);
  }

  /** How long arithmetic lasts at the present pace that takes so long alone. */
  public double lasting(double alonePs) {
    return alonePs / (1 - share);
  }

  /** Follows a restart of the clock. */
  public void shift(double byPs) {
    sincePs -= byPs;
  }
}
