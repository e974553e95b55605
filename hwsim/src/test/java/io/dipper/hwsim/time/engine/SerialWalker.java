package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.time.device.ProcessorRates;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepWork;
import io.dipper.proto.Dram;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Vram;

/**
 * Walks a schedule one thing after another and adds their times up: no clock, no events, nothing
 * beside anything else but arithmetic beside the reading of its operands.
 */
final class SerialWalker {
  private final Step[] steps;
  private final StepPrice[] prices;
  private final StepWork work;
  private final Devices devices;
  private final StepFetches fetches;
  private final Fetch fetch;
  private final boolean flashTraffic;
  private final double dramBandwidth;
  private final double vramBandwidth;
  private final double linkBandwidth;
  private final double[] spent = new double[Activity.values().length];

  SerialWalker(HardwareProfile device, Schedule schedule) {
    Dram dram = device.getDram();
    this.steps = schedule.plan().steps();
    this.prices = StepPrice.of(schedule.plan(), ProcessorRates.of(device.getProcessor()));
    this.work = new StepWork(schedule);
    this.devices = Devices.of(device);
    this.fetches = new StepFetches(schedule, devices);
    this.fetch = fetches.fetch();
    this.flashTraffic = dram.getFlashTraffic();
    this.dramBandwidth =
        dram.getBandwidth().getValue()
            * (dram.hasEfficiency() ? dram.getEfficiency().getValue() : 1);
    Vram vram = device.getVram();
    this.vramBandwidth =
        vram.getBandwidth().getValue()
            * (vram.hasEfficiency() ? vram.getEfficiency().getValue() : 1);
    this.linkBandwidth = vram.hasLink() ? vram.getLink().getValue() : Double.POSITIVE_INFINITY;
  }

  /** The seconds of one pass. */
  double walk(int row, double positions) {
    double before = total();
    for (int step = 0; step < steps.length; step++) {
      work.load(row, step, positions);
      StepPrice price = prices[step];
      spend(Activity.SELECT, price.selectSeconds());
      if (fetches.load(fetch, row, step)) {
        spend(Activity.FLASH, read(fetch));
      }
      spend(Activity.ADMIT, work.admittedBytes() * price.admitSecondsPerByte());
      spend(Activity.GATHER, price.gatherSeconds(work));
      spend(Activity.LAUNCH, price.overheadSeconds());
      double inVram = work.vramBytes() == 0 ? 0 : work.vramBytes() / vramBandwidth;
      compute(inVram + fromDram(work.cachedBytes() - work.vramBytes()), price.cachedSeconds(work));
      compute(
          flashTraffic ? fromDram(work.fetchedBytes()) : work.fetchedBytes() / linkBandwidth,
          price.missedSeconds(work));
    }
    return total() - before;
  }

  /** The time of all passes that went to an activity. */
  double seconds(Activity activity) {
    return spent[activity.ordinal()];
  }

  private double read(Fetch what) {
    double seconds = what.seconds(false);
    devices.state().throttle().read(seconds);
    return flashTraffic ? Math.max(seconds, what.bytes / dramBandwidth) : seconds;
  }

  private double fromDram(double bytes) {
    return bytes / Math.min(dramBandwidth, linkBandwidth);
  }

  private void compute(double reading, double seconds) {
    spend(Activity.DRAM, reading);
    spend(Activity.COMPUTE, Math.max(0, seconds - reading));
  }

  private void spend(Activity activity, double seconds) {
    spent[activity.ordinal()] += seconds;
  }

  private double total() {
    double sum = 0;
    for (double seconds : spent) {
      sum += seconds;
    }
    return sum;
  }
}
