package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.proto.HardwareProfile;

/**
 * What each step of a schedule reads from Flash, as the simulated device decides it while it is
 * cold: run by run or whole, and in how many requests. Not safe for use by many threads.
 */
public final class StepReads {
  private final StepFetches fetches;
  private final Fetch fetch;

  public StepReads(HardwareProfile profile, Schedule schedule) {
    this.fetches = new StepFetches(schedule, Devices.of(profile));
    this.fetch = fetches.fetch();
  }

  /** How long any fetch takes on it. */
  public FlashTiming timing() {
    return fetches.timing();
  }

  /** Turns to a step of a row; returns whether it reads anything. */
  public boolean load(int row, int step) {
    return fetches.load(fetch, row, step);
  }

  /** Whether a mask's units are read with all others of their group, as one stream. */
  public boolean isWhole() {
    return fetch.isWhole();
  }

  /** The bytes, whole pages; runs are taken to be as long as their mean. */
  public double bytes() {
    return fetch.bytes;
  }

  /** The requests; of a stream its commands. */
  public double requests() {
    return fetch.requests;
  }
}
