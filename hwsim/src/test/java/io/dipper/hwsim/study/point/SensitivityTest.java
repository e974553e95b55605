package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SensitivityTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final double RESOLUTION = 1e-6;

  private final Simulation simulation = simulation(2);

  static List<String> devices() {
    return HardwareProfiles.list();
  }

  @ParameterizedTest
  @EnumSource(names = {"DES", "PAPER"})
  void serially_eachBandwidthActsOnItsOwnPartOfTheTime(AccountingKind accounting) {
    HardwareProfile paper = HardwareProfiles.resolve("paper").profile();
    PlannedPoint point = plan(paper, "dip:density=0.5", "none", accounting);
    List<SensitivityRow> rows = simulation.sensitivities(List.of(point));

    SensitivityRow flash = row(rows, "flash.max_bandwidth");
    SensitivityRow dram = row(rows, "dram.bandwidth");
    // 1 / speed = F + D: of F a tenth more bandwidth leaves 1 / 1.1, a tenth less 1 / 0.9.
    double total = 1 / flash.change().tokensPerSecond();
    double partF = (total - 1 / high(flash)) * 11;
    double partD = (total - 1 / high(dram)) * 11;
    assertThat(partF + partD).isCloseTo(total, within(total * 11 * RESOLUTION));
    assertThat(1 / low(flash)).isCloseTo(partF / 0.9 + partD, within(total * 11 * RESOLUTION));
    assertThat(1 / low(dram)).isCloseTo(partF + partD / 0.9, within(total * 11 * RESOLUTION));
    assertThat(rows).containsExactly(flash, dram);
    assertThat(flash.number().provenance()).isNotEmpty();
    assertThat(flash.number().value()).isEqualTo(1e9);
    assertThat(flash.change().tokens()).isEqualTo(256);
  }

  @Test
  void boundByFlash_aTenthMoreBandwidthIsATenthMoreSpeed() {
    HardwareProfile.Builder device = HardwareProfile.newBuilder().setName("slow Flash");
    device.setOverlap(Overlap.PIPELINE);
    device.getFlashBuilder().setMaxBandwidth(q(1e6));
    device.getDramBuilder().setBandwidth(q(1e12));
    PlannedPoint point = plan(device.build(), "dense", "none", AccountingKind.DES);
    SensitivityRow flash = row(simulation.sensitivities(List.of(point)), "flash.max_bandwidth");
    assertThat(high(flash) / flash.change().tokensPerSecond()).isCloseTo(1.1, within(1e-4));
    assertThat(low(flash) / flash.change().tokensPerSecond()).isCloseTo(0.9, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void bandwidthsNeverSlow_latenciesAndCostsNeverSpeed_theLargestEffectFirst(String device) {
    HardwareProfile profile = HardwareProfiles.resolve(device).profile();
    List<SensitivityRow> rows =
        simulation.sensitivities(
            List.of(plan(profile, "dip-ca:density=0.5", "lfu", AccountingKind.DES)));
    assertThat(rows).isNotEmpty();
    for (SensitivityRow row : rows) {
      double better =
          row.number().number().matches(".*(latency|submission|launch|sync.*|_per_.*)") ? -1 : 1;
      if (!row.number().number().matches(".*(page_size|command_size|prefetch_buffer)")) {
        assertThat(better * (high(row) / row.change().tokensPerSecond() - 1))
            .as(row.number().number())
            .isGreaterThanOrEqualTo(-RESOLUTION);
        assertThat(better * (low(row) / row.change().tokensPerSecond() - 1))
            .as(row.number().number())
            .isLessThanOrEqualTo(RESOLUTION);
      }
    }
    assertThat(rows)
        .isSortedAccordingTo(Comparator.comparingDouble(SensitivityRow::effect).reversed());
    assertThat(rows).allMatch(row -> row.effect() > 0);
    assertThat(rows.stream().map(row -> row.number().number()))
        .noneMatch(n -> n.startsWith("energy"));
  }

  @Test
  void manyPoints_giveTheSameForAnyNumberOfThreads() {
    List<PlannedPoint> points =
        List.of(
            plan(profile("apple-a18"), "dense", "lfu", AccountingKind.DES),
            plan(profile("oneplus-15r"), "dip:density=0.5", "lfu", AccountingKind.DES),
            plan(profile("apple-a18"), "dip:density=0.5", "lfu", AccountingKind.DES));
    List<SensitivityRow> rows = simulation.sensitivities(points);
    assertThat(simulation(1).sensitivities(points)).isEqualTo(rows);
    assertThat(rows.stream().map(r -> r.point().hardware() + " " + r.point().policy()).distinct())
        .containsExactly("apple-a18 dense", "oneplus-15r dip", "apple-a18 dip");
  }

  private PlannedPoint plan(
      HardwareProfile device, String policy, String cache, AccountingKind accounting) {
    return simulation.plan(
        simulation.complete(
            PointConfig.newBuilder()
                .setHardware(device)
                .setAccounting(accounting)
                .setPolicy(Policies.parse(policy))
                .setCache(Caches.parse(cache))
                .setCapacity(Capacities.dram("60%"))
                .build()));
  }

  private static Simulation simulation(int threads) {
    return Simulation.of(TRACE, TraceReader.open(TRACE), threads, Progress.SILENT);
  }

  private static HardwareProfile profile(String name) {
    return HardwareProfiles.resolve(name).profile();
  }

  private static SensitivityRow row(List<SensitivityRow> rows, String number) {
    return rows.stream().filter(r -> r.number().number().equals(number)).findFirst().orElseThrow();
  }

  @SuppressWarnings("NullAway")
  private static double high(SensitivityRow row) {
    return row.change().tokensPerSecondHigh();
  }

  @SuppressWarnings("NullAway")
  private static double low(SensitivityRow row) {
    return row.change().tokensPerSecondLow();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
