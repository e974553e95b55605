package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.DramPort;
import io.dipper.hwsim.time.device.FetchTiming;
import io.dipper.hwsim.time.device.FlashDevice;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.device.LatencyTail;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.device.ReadLoad;
import io.dipper.hwsim.time.device.Throttle;
import io.dipper.hwsim.time.device.ThrottledFlash;
import io.dipper.proto.Dram;
import io.dipper.proto.HardwareProfile;

/**
 * The components of one run, on one clock.
 *
 * @param flashTiming how long fetches take, of a device as hot as it is
 * @param measured what Flash was measured for
 * @param state of Flash, which changes with what is read
 * @param flashTraffic whether what comes from Flash goes through the DRAM's port
 * @param paging what faults cost
 */
record Devices(
    Clock clock,
    DramPort port,
    FetchTiming flashTiming,
    MeasuredRange measured,
    State state,
    boolean flashTraffic,
    Paging paging) {

  /**
   * What changes with every read of Flash.
   *
   * @param throttle how hot it is
   * @param tail which commands are slow
   */
  record State(Throttle throttle, LatencyTail tail) {}

  /** The components of a device that does nothing by chance. */
  static Devices of(HardwareProfile profile) {
    return of(profile, 0);
  }

  /**
   * The components of a device.
   *
   * @param seed of what it does by chance
   */
  static Devices of(HardwareProfile profile, long seed) {
    Clock clock = new Clock();
    Dram dram = profile.getDram();
    Throttle throttle = new Throttle(profile.getFlash());
    double efficiency = dram.hasEfficiency() ? dram.getEfficiency().getValue() : 1;
    return new Devices(
        clock,
        new DramPort(clock, dram.getBandwidth().getValue() * efficiency),
        new FetchTiming(
            profile.getFlash(),
            new ThrottledFlash(FlashTiming.of(profile.getFlash()), throttle),
            Phase.isIdleWhileFetching(profile.getOverlap())),
        new MeasuredRange(profile.getFlash()),
        new State(throttle, LatencyTail.of(profile.getFlash(), seed)),
        dram.getFlashTraffic(),
        Paging.of(profile.getFlash().getPageCache()));
  }

  FlashDevice flash(ReadLoad load, Runnable done) {
    return new FlashDevice(clock, state.throttle(), load, flashTraffic ? port : null, done);
  }
}
