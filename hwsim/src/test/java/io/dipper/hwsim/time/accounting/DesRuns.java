package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.Synthetic.q;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.util.List;
import org.assertj.core.data.Percentage;

/** Runs of made-up points on the paper's device, by discrete events. */
public final class DesRuns {
  public static final Percentage RESOLUTION = Percentage.withPercentage(100 * 1e-6);
  public static final int BLOCK = 64;

  private DesRuns() {}

  public static HardwareProfile paper(Overlap overlap) {
    HardwareProfile.Builder profile =
        HardwareProfile.newBuilder().setName("test").setOverlap(overlap);
    profile.getFlashBuilder().setMaxBandwidth(q(1e9));
    profile.getDramBuilder().setBandwidth(q(60e9));
    return profile.build();
  }

  public static HardwareProfile peak(double flopPerSecond) {
    HardwareProfile.Builder profile = paper(Overlap.NONE).toBuilder();
    profile.getProcessorBuilder().setPeak(q(flopPerSecond));
    return profile.build();
  }

  public static Timing time(
      PointConfig config, List<UnitGroup> groups, Demand demand, double streamed) {
    return new DesAccounting()
        .time(new Workload(config, Synthetic.plan(config, groups, streamed), demand));
  }

  public static double seconds(
      HardwareProfile device, List<UnitGroup> groups, Demand demand, double streamed) {
    PointConfig config = Synthetic.config(device, BLOCK, 0);
    return 1 / time(config, groups, demand, streamed).tokensPerSecond();
  }

  public static double sum(Timing timing) {
    return timing.flashSeconds()
        + timing.dramSeconds()
        + timing.computeSeconds()
        + timing.selectSeconds()
        + timing.otherSeconds();
  }
}
