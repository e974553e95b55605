package io.dipper.hwsim.time.device;

import umontreal.ssj.simevents.Event;

/** An event that can be set again and again, once at a time; no object is made per event. */
public final class Alarm extends Event {
  private final Clock clock;
  private final Runnable action;
  private boolean set;

  Alarm(Clock clock, Runnable action) {
    super(clock.simulator());
    this.clock = clock;
    this.action = action;
  }

  /** Lets the action happen after a delay, rounded to whole picoseconds. */
  public void set(double delayPs) {
    schedule(clock.checked(delayPs));
    set = true;
  }

  /** Takes back a set alarm; returns the delay that was left, 0 if it was not set. */
  public double unset() {
    if (!set) {
      return 0;
    }
    double left = time() - clock.nowPs();
    cancel();
    set = false;
    return left;
  }

  public boolean isSet() {
    return set;
  }

  @Override
  public void actions() {
    set = false;
    action.run();
  }
}
