package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointTime.Band;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Interval;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Provenance;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairBandTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final String DIP = "dip:density=0.5";

  private final Simulation simulation = simulation(2);

  /** Where Flash is all that takes time, whatever it costs, both cost it alike. */
  @Test
  void whatSlowsBoth_cancels_howeverFarTheBandsOverlap() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder().setName("Flash alone");
    device.getFlashBuilder().getMaxBandwidthBuilder().setValue(1e8).setRange(interval(2e7, 5e8));
    device.getDramBuilder().getBandwidthBuilder().setValue(1e14);
    VerdictRow row = verdict(device.build());

    Band dense = simulation.run(config(device.build(), "dense")).row().time().band();
    Band dip = simulation.run(config(device.build(), DIP)).row().time().band();
    assertThat(low(dip)).isLessThan(high(dense));
    assertThat(row.speedUp().speedupLow())
        .isCloseTo(row.speedUp().speedupHigh(), within(1e-4 * row.speedUp().speedup()));
    assertThat(row.speedUp().speedup()).isGreaterThan(1.5);
    assertThat(row.speedUp().verdict()).isEqualTo(Verdict.FASTER.key());
    assertThat(row.deciding()).isEqualTo(VerdictRow.Deciding.NOTHING);
  }

  @Test
  void aNumberThatTurnsTheVerdict_isNamed_andBothAreAsFastAtTheBreakEven() {
    HardwareProfile.Builder device = slowRequests();
    device.getFlashBuilder().getLatencyBuilder().setRange(interval(0, 1e-3));
    device.getDramBuilder().getBandwidthBuilder().setRange(interval(1.9e10, 2.1e10));
    VerdictRow row = verdict(device.build());

    assertThat(row.speedUp().verdict()).isEqualTo(Verdict.NOT_DECIDED.key());
    assertThat(row.speedUp().speedupLow()).isLessThan(1);
    assertThat(row.speedUp().speedupHigh()).isGreaterThan(1);
    assertThat(row.deciding().decidedBy()).isEqualTo("flash.latency");
    assertThat(row.deciding().unit()).isEqualTo("s");
    assertThat(row.deciding().provenance()).isEqualTo("assumed");
    assertThat(row.deciding().fasterOn()).isEqualTo("below");
    assertThat(row.against().ranges()).isEqualTo(2);
    assertThat(speedUp(device, breakEven(row))).isCloseTo(1, within(2e-3));
    assertThat(speedUp(device, 0.5 * breakEven(row))).isGreaterThan(1);
    assertThat(speedUp(device, Math.min(1e-3, 2 * breakEven(row)))).isLessThan(1);
  }

  @Test
  void aRateOfCommands_turnsTheVerdictAboveItsBreakEven() {
    HardwareProfile.Builder device = slowRequests();
    device.getFlashBuilder().clearLatency();
    device
        .getFlashBuilder()
        .getCommandsPerSecondBuilder()
        .setValue(5e3)
        .setProvenance(Provenance.MEASURED)
        .setRange(interval(1e2, 1e7));
    VerdictRow row = verdict(device.build());
    assertThat(row.deciding().decidedBy()).isEqualTo("flash.commands_per_second");
    assertThat(row.deciding().fasterOn()).isEqualTo("above");
    assertThat(row.deciding().provenance()).isEqualTo("measured");
    assertThat(breakEven(row)).isBetween(1e2, 1e7);
  }

  /** A mask that pays in bytes over a link, and costs requests: it pays where the link is slow. */
  @Test
  void aLinkToTheDram_turnsTheVerdictBelowItsBreakEven() {
    HardwareProfile.Builder device = slowRequests();
    device.getFlashBuilder().clearLatency().getMaxBandwidthBuilder().setValue(1e12);
    device.getProcessorBuilder().getGatherPerUnitBuilder().setValue(1e-7);
    device.getVramBuilder().getCapacityBuilder().setValue(0);
    device.getVramBuilder().getBandwidthBuilder().setValue(1e12);
    device.getVramBuilder().getLinkBuilder().setValue(1e9).setRange(interval(1e7, 1e12));
    VerdictRow row = verdict(device.build());
    assertThat(row.speedUp().verdict()).isEqualTo(Verdict.NOT_DECIDED.key());
    assertThat(row.deciding().decidedBy()).isEqualTo("vram.link");
    assertThat(row.deciding().unit()).isEqualTo("B/s");
    assertThat(row.deciding().fasterOn()).isEqualTo("below");
    device.getVramBuilder().getLinkBuilder().setValue(breakEven(row));
    assertThat(verdict(device.build()).speedUp().speedup()).isCloseTo(1, within(2e-3));
  }

  @Test
  void theBand_holdsTheSpeedUpsOfTheDevicesAtAllEnds() {
    HardwareProfile.Builder device = slowRequests();
    device.getFlashBuilder().getLatencyBuilder().setRange(interval(1e-5, 5e-4));
    device.getFlashBuilder().getMaxBandwidthBuilder().setRange(interval(5e7, 2e8));
    VerdictRow row = verdict(device.build());
    for (double latency : new double[] {1e-5, 1e-4, 5e-4}) {
      for (double bandwidth : new double[] {5e7, 1e8, 2e8}) {
        device.getFlashBuilder().getMaxBandwidthBuilder().setValue(bandwidth);
        assertThat(speedUp(device, latency))
            .isBetween(row.speedUp().speedupLow() - 1e-9, row.speedUp().speedupHigh() + 1e-9);
      }
    }
  }

  @Test
  void verdicts_areTheSameForAnyNumberOfThreads_andNoneOfDevicesWithoutRanges() {
    HardwareProfile.Builder device = slowRequests();
    device.getFlashBuilder().getLatencyBuilder().setRange(interval(1e-5, 5e-4));
    List<PointPair> pairs =
        List.of(
            pair(device.build(), DIP),
            pair(HardwareProfiles.resolve("paper").profile(), DIP),
            pair(device.build(), "dip-ca:density=0.5"));
    List<VerdictRow> rows = simulation.verdicts(pairs);
    assertThat(rows.stream().map(row -> row.point().policy())).containsExactly("dip", "dip-ca");
    assertThat(simulation(1).verdicts(pairs)).isEqualTo(rows);
  }

  @Test
  void aPoint_standsBesideTheSameOneWithoutAMask() {
    HardwareProfile device =
        slowRequests().mergeDram(HardwareProfiles.resolve("paper").profile().getDram()).build();
    assertThat(DensePair.of(simulation, config(device, DIP))).isEmpty();
    HardwareProfile.Builder ranged = device.toBuilder();
    ranged.getFlashBuilder().getLatencyBuilder().setRange(interval(1e-5, 5e-4));
    assertThat(DensePair.of(simulation, config(ranged.build(), "dense"))).isEmpty();
    PointPair pair = DensePair.of(simulation, config(ranged.build(), DIP)).orElseThrow();
    assertThat(pair.dense().config()).isEqualTo(config(ranged.build(), "dense"));
  }

  private static HardwareProfile.Builder slowRequests() {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("slow requests").setOverlap(Overlap.NONE);
    device.getFlashBuilder().getMaxBandwidthBuilder().setValue(1e8);
    device.getFlashBuilder().getLatencyBuilder().setValue(1e-4);
    device.getFlashBuilder().getLanesBuilder().setValue(8);
    device.getFlashBuilder().getPageSizeBuilder().setValue(1);
    device.getDramBuilder().getBandwidthBuilder().setValue(2e10);
    return device;
  }

  /** Of the same pair on a device that is written with that latency, over the same tokens. */
  private double speedUp(HardwareProfile.Builder device, double latency) {
    HardwareProfile.Builder other = device.clone();
    other.getFlashBuilder().getLatencyBuilder().setValue(latency);
    return verdict(other.build()).speedUp().speedup();
  }

  private VerdictRow verdict(HardwareProfile device) {
    return simulation.verdicts(List.of(pair(device, DIP))).get(0);
  }

  private PointPair pair(HardwareProfile device, String policy) {
    return new PointPair(
        simulation.plan(config(device, policy)), simulation.plan(config(device, "dense")));
  }

  private PointConfig config(HardwareProfile device, String policy) {
    return simulation.complete(
        PointConfig.newBuilder()
            .setHardware(device)
            .setPolicy(Policies.parse(policy))
            .setCache(Caches.parse("lfu"))
            .setCapacity(Capacities.dram("60%"))
            .build());
  }

  private static Simulation simulation(int threads) {
    return Simulation.of(TRACE, TraceReader.open(TRACE), threads, Progress.SILENT);
  }

  private static Interval interval(double low, double high) {
    return Interval.newBuilder().setLow(low).setHigh(high).build();
  }

  @SuppressWarnings("NullAway")
  private static double breakEven(VerdictRow row) {
    return row.deciding().breakEven();
  }

  @SuppressWarnings("NullAway")
  private static double low(Band band) {
    return band.tokensPerSecondLow();
  }

  @SuppressWarnings("NullAway")
  private static double high(Band band) {
    return band.tokensPerSecondHigh();
  }
}
