package io.dipper.hwsim.execute;

import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.EngineListener;
import io.dipper.hwsim.time.engine.Place;
import io.dipper.hwsim.time.engine.Stretch;
import io.dipper.hwsim.time.engine.TimeLedger;

/** Where real time goes: each moment of a token in one activity. */
final class Stopwatch {
  private static final double PS_PER_NANO = 1000;

  private final EngineListener listener;
  private final long[] spentNanos = new long[Activity.values().length];
  private long beganNanos;
  private long sinceNanos;

  /**
   * @param listener hears of each stretch
   */
  Stopwatch(EngineListener listener) {
    this.listener = listener;
  }

  /** A token begins now. */
  void begin() {
    beganNanos = System.nanoTime();
    sinceNanos = beganNanos;
  }

  /** When the last entry ended. */
  long since() {
    return sinceNanos;
  }

  /** Enters the time from the last entry until now. */
  void spent(Place place, Activity activity) {
    spentUntil(place, activity, System.nanoTime());
  }

  /** Enters the time from the last entry until a moment, if that is later. */
  void spentUntil(Place place, Activity activity, long nanos) {
    if (nanos > sinceNanos) {
      spentNanos[activity.ordinal()] += nanos - sinceNanos;
      listener.spent(new Stretch(place, activity, ps(sinceNanos), ps(nanos)));
      sinceNanos = nanos;
    }
  }

  /** The time since the token began, in picoseconds. */
  double nowPs() {
    return ps(System.nanoTime());
  }

  private double ps(long nanos) {
    return (nanos - beganNanos) * PS_PER_NANO;
  }

  /**
   * A token ends with the last entry.
   *
   * @return how long it took, in seconds
   */
  double end() {
    return (sinceNanos - beganNanos) / 1e9;
  }

  /** The means over so many tokens. */
  TimeLedger perToken(int tokens) {
    return new TimeLedger(
        seconds(Activity.FLASH, tokens),
        seconds(Activity.DRAM, tokens),
        seconds(Activity.COMPUTE, tokens),
        new TimeLedger.Host(
            seconds(Activity.SELECT, tokens),
            seconds(Activity.GATHER, tokens),
            seconds(Activity.ADMIT, tokens),
            seconds(Activity.LAUNCH, tokens)),
        seconds(Activity.IDLE, tokens));
  }

  private double seconds(Activity activity, int tokens) {
    return spentNanos[activity.ordinal()] / 1e9 / tokens;
  }
}
