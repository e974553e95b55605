package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.Clock;
import io.dipper.hwsim.time.device.DramPort;
import io.dipper.hwsim.time.device.FlashDevice;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.device.Throttle;
import io.dipper.hwsim.time.device.ThrottledFlash;
import io.dipper.proto.Dram;
import io.dipper.proto.HardwareProfile;
import org.jspecify.annotations.Nullable;

/**
 * The components of one run, on one clock.
 *
 * @param flashTiming how long reads take, of a device as hot as it is
 * @param measured what Flash was measured for
 * @param throttle how hot Flash is
 * @param flashTraffic whether what comes from Flash goes through the DRAM's port
 */
record Devices(
    Clock clock,
    DramPort port,
    FlashTiming flashTiming,
    MeasuredRange measured,
    Throttle throttle,
    boolean flashTraffic,
    @Nullable Paging paging) {

  static Devices of(HardwareProfile profile) {
    Clock clock = new Clock();
    Dram dram = profile.getDram();
    Throttle throttle = new Throttle(profile.getFlash());
    double efficiency = dram.hasEfficiency() ? dram.getEfficiency().getValue() : 1;
    return new Devices(
        clock,
        new DramPort(clock, dram.getBandwidth().getValue() * efficiency),
        new ThrottledFlash(FlashTiming.of(profile.getFlash()), throttle),
        new MeasuredRange(profile.getFlash()),
        throttle,
        dram.getFlashTraffic(),
        profile.getFlash().hasPageCache() ? Paging.of(profile.getFlash().getPageCache()) : null);
  }

  FlashDevice flash(Runnable done) {
    return new FlashDevice(clock, throttle, flashTraffic ? port : null, done);
  }
}
