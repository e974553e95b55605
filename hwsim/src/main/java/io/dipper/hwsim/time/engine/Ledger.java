package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;

/** Where simulated time went: picoseconds by activity. */
public final class Ledger {
  private final double[] spentPs = new double[Activity.values().length];

  void add(Activity activity, double ps) {
    if (!(ps >= 0)) {
      throw new IllegalStateException("time went backwards: " + ps + " ps of " + activity);
    }
    spentPs[activity.ordinal()] += ps;
  }

  /** The time spent on an activity. */
  public double seconds(Activity activity) {
    return Clock.seconds(spentPs[activity.ordinal()]);
  }

  /** The means over so many tokens. */
  public TimeLedger perToken(double tokens) {
    return new TimeLedger(
        seconds(Activity.FLASH) / tokens,
        seconds(Activity.DRAM) / tokens,
        seconds(Activity.COMPUTE) / tokens,
        new TimeLedger.Host(
            seconds(Activity.SELECT) / tokens,
            seconds(Activity.GATHER) / tokens,
            seconds(Activity.ADMIT) / tokens,
            seconds(Activity.LAUNCH) / tokens),
        seconds(Activity.IDLE) / tokens);
  }

  double totalPs() {
    double sum = 0;
    for (double ps : spentPs) {
      sum += ps;
    }
    return sum;
  }
}
