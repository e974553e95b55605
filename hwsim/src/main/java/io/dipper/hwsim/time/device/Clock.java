package io.dipper.hwsim.time.device;

import io.dipper.error.UserException;
import java.util.ArrayList;
import java.util.List;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * The simulated time of one run and its pending events: whole picoseconds in a double, exact up to
 * 2^53. It counts from the start of a token; {@link #restart()} begins the next one. Not safe for
 * use by many threads: one clock per run.
 */
public final class Clock {
  private static final double LATEST_PS = 0x1p52;
  private static final double PS_PER_SECOND = 1e12;

  private final Simulator simulator = new Simulator(new SplayTree());
  private final List<Alarm> alarms = new ArrayList<>();

  public Clock() {
    simulator.init();
  }

  /** A time as picoseconds, not rounded. */
  public static double picoseconds(double seconds) {
    return seconds * PS_PER_SECOND;
  }

  /** Picoseconds as seconds. */
  public static double seconds(double picoseconds) {
    return picoseconds / PS_PER_SECOND;
  }

  /** The time since the last restart. */
  public double nowPs() {
    return simulator.time();
  }

  /** An alarm of this clock, not set. */
  public Alarm alarm(Runnable action) {
    Alarm alarm = new Alarm(this, action);
    alarms.add(alarm);
    return alarm;
  }

  /** Lets events happen until {@link #stop()} or until none is pending. */
  public void run() {
    simulator.start();
  }

  /** Ends {@link #run()} after the present event; pending ones stay pending. */
  public void stop() {
    simulator.stop();
  }

  /**
   * Makes the present time 0 and keeps the delays of what is pending.
   *
   * @return by how much the time went back
   */
  public double restart() {
    double shift = nowPs();
    List<Alarm> pending = new ArrayList<>(alarms.size());
    List<Double> delays = new ArrayList<>(alarms.size());
    for (Alarm alarm : alarms) {
      if (alarm.isSet()) {
        pending.add(alarm);
        delays.add(alarm.unset());
      }
    }
    simulator.init();
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).set(delays.get(i));
    }
    return shift;
  }

  /** A delay in whole picoseconds that ends before the clock does. */
  double checked(double delayPs) {
    if (!(delayPs >= 0)) {
      throw new IllegalArgumentException("not a delay: " + delayPs + " ps");
    }
    double whole = Math.rint(delayPs);
    if (nowPs() + whole > LATEST_PS) {
      throw new UserException(
          "a token takes longer than 75 minutes on this device; check the profile's bandwidths");
    }
    return whole;
  }

  Simulator simulator() {
    return simulator;
  }
}
