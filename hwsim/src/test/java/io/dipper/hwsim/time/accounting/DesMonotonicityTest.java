package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Vram;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A better device is never slower on a fixed demand, a worse one never faster. */
class DesMonotonicityTest {
  private static final int BLOCK = 12;

  /** The clock's resolution: half a picosecond for each of the events of a token. */
  private static final double ROUNDING = 1e-7;

  @Property(tries = 60)
  void bandwidthAndLanesNeverSlow_latencyAndCostsNeverSpeed(
      @ForAll Overlap overlap,
      @ForAll boolean traffic,
      @ForAll boolean dipNotGlu,
      @ForAll @IntRange(min = 1, max = 32) int lanes,
      @ForAll @IntRange(min = 0, max = 200) int latencyUs,
      @ForAll @IntRange(min = 1, max = 400) int peakGflops,
      @ForAll @IntRange(min = 0, max = 30) int streamed,
      @ForAll @IntRange(min = 10, max = 1000) int seed) {
    if (overlap == Overlap.UNRECOGNIZED) {
      return;
    }
    List<UnitGroup> groups = dipNotGlu ? DIP : GLU;
    Demand demand = Synthetic.random(groups, seed, BLOCK);
    // Reading ahead takes part of the port from the step before it, so that a faster Flash may
    // well delay a step: the promise is made for a pipeline only where Flash has its own way in.
    HardwareProfile base =
        device(overlap, traffic && overlap != Overlap.PIPELINE, lanes, latencyUs, peakGflops);
    double seconds = seconds(base, groups, demand, streamed * 1e5);

    for (Consumer<HardwareProfile.Builder> better : BETTER) {
      HardwareProfile.Builder device = base.toBuilder();
      better.accept(device);
      assertThat(seconds(device.build(), groups, demand, streamed * 1e5))
          .isLessThanOrEqualTo(seconds * (1 + ROUNDING));
    }
    for (Consumer<HardwareProfile.Builder> worse : WORSE) {
      HardwareProfile.Builder device = base.toBuilder();
      worse.accept(device);
      assertThat(seconds(device.build(), groups, demand, streamed * 1e5))
          .isGreaterThanOrEqualTo(seconds * (1 - ROUNDING));
    }
    // More DRAM: more of the static weights stay.
    assertThat(seconds(base, groups, demand, 0.7 * streamed * 1e5))
        .isLessThanOrEqualTo(seconds * (1 + ROUNDING));
  }

  private static final List<Consumer<HardwareProfile.Builder>> BETTER =
      List.of(
          d -> d.getFlashBuilder().setMaxBandwidth(q(3e9)),
          d -> d.getFlashBuilder().setSequentialBandwidth(q(5e9)),
          d -> d.getFlashBuilder().setLaneBandwidth(q(1e9)),
          d -> d.getFlashBuilder().setLanes(q(d.getFlash().getLanes().getValue() + 3)),
          d -> d.getFlashBuilder().clearLatency(),
          d -> d.getDramBuilder().setBandwidth(q(90e9)),
          d -> d.getProcessorBuilder().setPeak(q(1e12)),
          d -> d.getProcessorBuilder().setPeakInt4(q(1e12)),
          d -> d.getProcessorBuilder().setPeakInt8(q(1e12)),
          d -> d.getProcessorBuilder().setPeakFp16(q(1e12)));

  private static final List<Consumer<HardwareProfile.Builder>> WORSE =
      List.of(
          d -> d.getFlashBuilder().setMaxBandwidth(q(0.5e9)),
          d -> d.getFlashBuilder().setLatency(q(300e-6)),
          d -> d.getFlashBuilder().setSubmission(q(20e-6)),
          d -> d.getFlashBuilder().setThrottleAfter(q(1e-3)).setThrottledBandwidth(q(0.4e9)),
          d -> d.getDramBuilder().setEfficiency(q(0.5)),
          d -> d.getDramBuilder().setPrefetchBuffer(q(1e5)),
          d -> d.getProcessorBuilder().setEfficiency(q(0.3)),
          d -> d.getProcessorBuilder().setPeakInt4(q(0.5e9)),
          d -> d.getProcessorBuilder().setPeakFp16(q(0.5e9)),
          d -> d.getProcessorBuilder().setLayerSynchronisation(q(10e-6)),
          d -> d.getProcessorBuilder().setGatherPerUnit(q(10e-9)),
          d -> d.getProcessorBuilder().setGatherPerByte(q(1e-10)).setGatherBytes(q(64)),
          d -> d.getProcessorBuilder().getMultiplyPerVectorBuilder().setQ40(q(1e-8)),
          d -> d.setVram(Vram.newBuilder().setLink(q(3e9))),
          d -> d.getProcessorBuilder().setKernelLaunch(q(10e-6)),
          d -> d.getProcessorBuilder().setSelectPerElement(q(10e-9)));

  private static HardwareProfile device(
      Overlap overlap, boolean traffic, int lanes, int latencyUs, int peakGflops) {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("test").setOverlap(overlap);
    device
        .getFlashBuilder()
        .setMaxBandwidth(q(2e9))
        .setSequentialBandwidth(q(2.5e9))
        .setLaneBandwidth(q(0.6e9))
        .setLatency(q(latencyUs * 1e-6))
        .setLanes(q(lanes))
        .setPageSize(q(512));
    device.getDramBuilder().setBandwidth(q(30e9)).setFlashTraffic(traffic);
    device.getProcessorBuilder().setPeak(q(peakGflops * 1e9)).setKernelLaunch(q(1e-6));
    return device.build();
  }

  private static double seconds(
      HardwareProfile device, List<UnitGroup> groups, Demand demand, double streamed) {
    PointConfig config = Synthetic.config(device, BLOCK, 0);
    return 1
        / new DesAccounting()
            .time(new Workload(config, Synthetic.plan(config, groups, streamed), demand))
            .tokensPerSecond();
  }
}
