package io.dipper.hwsim.time.device;

import io.dipper.proto.Processor;

/**
 * How hot a processor is: after {@code throttle_after} seconds of work since the run began, what it
 * does takes 1 / {@code throttled_speed} times as long. Only work warms it: arithmetic, and what it
 * does for units and kernels. A second without undoes {@code cooling} seconds of work, and a hot
 * processor is no hotter than it is when it becomes hot. Not safe for use by many threads.
 */
public final class ProcessorHeat {
  private final Clock clock;
  private final double afterSeconds;
  private final double speed;
  private final double cooling;
  private double workedSeconds;
  private double freePs;

  /** A cold processor; one that never throttles where its profile does not say when. */
  public ProcessorHeat(Clock clock, Processor processor) {
    this.clock = clock;
    boolean throttles = processor.hasThrottledSpeed();
    afterSeconds = throttles ? processor.getThrottleAfter().getValue() : Double.POSITIVE_INFINITY;
    speed = throttles ? processor.getThrottledSpeed().getValue() : 1;
    cooling = throttles ? processor.getCooling().getValue() : 0;
  }

  /**
   * Work begins now.
   *
   * @param coldSeconds how long it takes a cold processor
   * @return how long it takes
   */
  public double work(double coldSeconds) {
    if (afterSeconds == Double.POSITIVE_INFINITY || coldSeconds == 0) {
      return coldSeconds;
    }
    double idle = Math.max(0, Clock.seconds(clock.nowPs() - freePs));
    double heat = Math.max(0, workedSeconds - cooling * idle);
    double cold = Math.min(coldSeconds, Math.max(0, afterSeconds - heat));
    double seconds = cold + (coldSeconds - cold) / speed;
    workedSeconds = Math.min(afterSeconds, heat + seconds);
    freePs = Math.max(freePs, clock.nowPs()) + Clock.picoseconds(seconds);
    return seconds;
  }

  /** Follows a restart of the clock. */
  public void shift(double byPs) {
    freePs -= byPs;
  }
}
