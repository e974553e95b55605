package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.DeviceRanges;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.hardware.ProfileNumber;
import io.dipper.hwsim.profile.hardware.ProfileNumbers;
import io.dipper.hwsim.profile.hardware.RangedNumber;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.result.PointTime.Band;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Interval;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpeedBandTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  /** The clock's resolution: half a picosecond for each of the events of a token. */
  private static final double ROUNDING = 1e-6;

  private final Simulation simulation =
      Simulation.of(TRACE, TraceReader.open(TRACE), 2, Progress.SILENT);

  @ParameterizedTest
  @EnumSource(names = {"DES", "PAPER"})
  void theEnds_areTheSpeedsOfTheDevicesThere(AccountingKind accounting) {
    HardwareProfile.Builder paper = HardwareProfiles.resolve("paper").profile().toBuilder();
    paper.getFlashBuilder().getMaxBandwidthBuilder().setRange(interval(0.5e9, 1.5e9));
    paper.getDramBuilder().getBandwidthBuilder().setRange(interval(50e9, 60e9));
    SimulatedPoint point = run(paper.build(), "dip:density=0.5", accounting);
    Band band = point.row().time().band();
    assertThat(low(band)).isEqualTo(ofPaper(0.5e9, 50e9, accounting));
    assertThat(high(band)).isEqualTo(ofPaper(1.5e9, 60e9, accounting));
    assertThat(point.row().time().tokensPerSecond()).isEqualTo(ofPaper(1e9, 60e9, accounting));
    assertThat(point.json())
        .contains("\"tokens_per_second_low\" : " + low(band))
        .contains("\"tokens_per_second_high\" : " + high(band));
  }

  /** The speed of a device that is written by hand, without ranges. */
  private double ofPaper(double flash, double dram, AccountingKind accounting) {
    HardwareProfile.Builder paper = HardwareProfile.newBuilder().setName("paper");
    paper.getFlashBuilder().getMaxBandwidthBuilder().setValue(flash);
    paper.getDramBuilder().getBandwidthBuilder().setValue(dram);
    SimulatedPoint point = run(paper.build(), "dip:density=0.5", accounting);
    return point.row().time().tokensPerSecond();
  }

  @Test
  void aDeviceWithoutRanges_hasNoBand() {
    SimulatedPoint point =
        run(HardwareProfiles.resolve("paper").profile(), "dense", AccountingKind.DES);
    assertThat(point.row().time().band()).isEqualTo(Band.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"dense,0.1", "dip:density=0.5,0.2"})
  void errorsOfExecutions_widenTheBand_byThoseOfThePointsKind(String policy, double ninetieth) {
    HardwareProfile.Builder device = HardwareProfiles.resolve("paper").profile().toBuilder();
    double speed = run(device.build(), policy, AccountingKind.DES).row().time().tokensPerSecond();
    device.getComparisonsBuilder().getDenseBuilder().setPoints(5).setNinetieth(0.1);
    device.getComparisonsBuilder().getMaskedBuilder().setPoints(5).setNinetieth(0.2);
    SimulatedPoint point = run(device.build(), policy, AccountingKind.DES);
    assertThat(point.row().time().tokensPerSecond()).isEqualTo(speed);
    Band band = point.row().time().band();
    assertThat(high(band) / speed).isCloseTo(Math.exp(ninetieth), within(1e-12));
    assertThat(speed / low(band)).isCloseTo(Math.exp(ninetieth), within(1e-12));
    device.getFlashBuilder().getMaxBandwidthBuilder().setRange(interval(0.5e9, 1.5e9));
    Band both = run(device.build(), policy, AccountingKind.DES).row().time().band();
    device.clearComparisons();
    Band ranges = run(device.build(), policy, AccountingKind.DES).row().time().band();
    assertThat(high(both) / high(ranges)).isCloseTo(Math.exp(ninetieth), within(1e-12));
    assertThat(low(ranges) / low(both)).isCloseTo(Math.exp(ninetieth), within(1e-12));
  }

  @Test
  void errorsOfTheOtherKind_standInForThoseThatAreNotKnown_andThePaperHasNone() {
    HardwareProfile.Builder device = HardwareProfiles.resolve("paper").profile().toBuilder();
    device.getComparisonsBuilder().getDenseBuilder().setPoints(5).setNinetieth(0.1);
    SimulatedPoint point = run(device.build(), "dip:density=0.5", AccountingKind.DES);
    assertThat(high(point.row().time().band()) / point.row().time().tokensPerSecond())
        .isCloseTo(Math.exp(0.1), within(1e-12));
    assertThat(run(device.build(), "dense", AccountingKind.PAPER).row().time().band())
        .isEqualTo(Band.UNKNOWN);
  }

  /** Reads of whole pages: of a device without latency smaller pages are always the faster. */
  @Test
  void aNumberWhoseDirectionIsNotKnown_isTriedAtBothEnds() {
    HardwareProfile.Builder device = HardwareProfiles.resolve("paper").profile().toBuilder();
    device.getFlashBuilder().getPageSizeBuilder().setValue(1024).setRange(interval(512, 16384));
    SimulatedPoint point = run(device.build(), "dip:density=0.5", AccountingKind.DES);
    Band band = point.row().time().band();
    DeviceRanges ranges = DeviceRanges.of(device.build());
    PlannedPoint planned = simulation.plan(point.config());
    assertThat(high(band)).isEqualTo(speed(planned, point, ranges, Map.of(PAGE, 512.0)));
    assertThat(low(band)).isEqualTo(speed(planned, point, ranges, Map.of(PAGE, 16384.0)));
    assertThat(low(band)).isLessThan(high(band));
  }

  private static final String PAGE = "flash.page_size";

  @ParameterizedTest
  @CsvSource({
    "apple-a18, NONE, true",
    "apple-a18, IO, true",
    "apple-a18, PIPELINE, false",
    "snapdragon-8-gen-3, IO, true",
    "snapdragon-8-gen-3, PIPELINE, false",
    "desktop-nvme, PIPELINE, false",
    "raspberry-pi-5, NONE, true"
  })
  void everyDeviceInsideTheRanges_isInsideTheBand(String name, Overlap overlap, boolean traffic) {
    HardwareProfile device = spread(profile(name, overlap, traffic));
    for (String policy : List.of("dip:density=0.5", "dense")) {
      SimulatedPoint point = run(device, policy, AccountingKind.DES);
      double[] ends = extremes(point, 12);
      Band band = point.row().time().band();
      assertThat(ends[0]).isGreaterThanOrEqualTo(low(band) * (1 - ROUNDING));
      assertThat(ends[1]).isLessThanOrEqualTo(high(band) * (1 + ROUNDING));
      assertThat(low(band)).isLessThan(0.9 * high(band));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "PIPELINE"})
  void everyDeviceWithVramInsideTheRanges_isInsideTheBand(Overlap overlap) {
    HardwareProfile.Builder device = profile("desktop-nvme", overlap, false).toBuilder();
    device.getVramBuilder().getCapacityBuilder().setValue(1e5);
    device.getVramBuilder().getBandwidthBuilder().setValue(1e12);
    device.getVramBuilder().getEfficiencyBuilder().setValue(0.6);
    device.getVramBuilder().getLinkBuilder().setValue(2e10);
    SimulatedPoint point = run(spread(device.build()), "dip:density=0.5", AccountingKind.DES);
    assertThat(point.vramBytesPerToken()).isPositive();
    double[] ends = extremes(point, 12);
    Band band = point.row().time().band();
    assertThat(ends[0]).isGreaterThanOrEqualTo(low(band) * (1 - ROUNDING));
    assertThat(ends[1]).isLessThanOrEqualTo(high(band) * (1 + ROUNDING));
  }

  /** Where reading ahead takes the port from a step, corners may be missed, but by little. */
  @ParameterizedTest
  @CsvSource({"apple-a18", "snapdragon-8-gen-3", "raspberry-pi-5", "oneplus-15r"})
  void wherePortIsShared_orFlashIsATable_devicesLeaveTheBandByAPerCentAtMost(String name) {
    HardwareProfile device = spread(HardwareProfiles.resolve(name).profile());
    for (String policy : List.of("dip:density=0.5", "dense")) {
      SimulatedPoint point = run(device, policy, AccountingKind.DES);
      double[] ends = extremes(point, 12);
      Band band = point.row().time().band();
      assertThat(ends[0]).isGreaterThanOrEqualTo(low(band) * 0.99);
      assertThat(ends[1]).isLessThanOrEqualTo(high(band) * 1.01);
    }
  }

  /** The slowest and the fastest of random devices inside the ranges. */
  private double[] extremes(SimulatedPoint point, int tries) {
    DeviceRanges ranges = DeviceRanges.of(point.config().getHardware());
    PlannedPoint planned = simulation.plan(point.config());
    Random random = new Random(16);
    double[] ends = {Double.POSITIVE_INFINITY, 0};
    for (int i = 0; i < tries; i++) {
      Map<String, Double> values = new HashMap<>();
      for (RangedNumber number : ranges.numbers()) {
        double low = number.range().low();
        double inside = low + random.nextDouble() * (number.range().high() - low);
        values.put(number.name(), number.whole() ? Math.rint(inside) : inside);
      }
      double speed = speed(planned, point, ranges, values);
      ends[0] = Math.min(ends[0], speed);
      ends[1] = Math.max(ends[1], speed);
    }
    return ends;
  }

  private static double speed(
      PlannedPoint planned, SimulatedPoint point, DeviceRanges ranges, Map<String, Double> values) {
    return planned.on(ranges.with(values)).time(point.demand()).tokensPerSecond();
  }

  /** Ranges around every number that moves a speed one way. */
  private static HardwareProfile spread(HardwareProfile device) {
    HardwareProfile spread = device;
    for (ProfileNumber number : ProfileNumbers.of(device)) {
      if (number instanceof ProfileNumber.OfQuantity quantity && isOneWay(quantity)) {
        double value = quantity.quantity().getValue();
        double high = Math.min(quantity.range().getMax(), 1.5 * value);
        boolean whole = quantity.range().getWhole();
        Interval range =
            interval(
                whole ? Math.max(1, Math.rint(0.6 * value)) : 0.6 * value,
                whole ? Math.rint(high) : high);
        spread =
            ProfileNumbers.of(spread).stream()
                .filter(other -> other.name().equals(number.name()))
                .map(ProfileNumber.OfQuantity.class::cast)
                .map(q -> q.with().apply(q.quantity().toBuilder().setRange(range).build()))
                .findFirst()
                .orElseThrow();
      }
    }
    return spread;
  }

  private static boolean isOneWay(ProfileNumber.OfQuantity number) {
    return switch (number.range().getMore()) {
      case SPEEDS_UP, SLOWS_DOWN -> true;
      case EITHER_WAY, NO_EFFECT, UNRECOGNIZED -> false;
    };
  }

  private static HardwareProfile profile(String name, Overlap overlap, boolean traffic) {
    HardwareProfile.Builder device = HardwareProfiles.resolve(name).profile().toBuilder();
    device.getDramBuilder().setFlashTraffic(traffic);
    return device.setOverlap(overlap).build();
  }

  private SimulatedPoint run(HardwareProfile device, String policy, AccountingKind accounting) {
    return simulation.run(
        simulation.complete(
            PointConfig.newBuilder()
                .setHardware(device)
                .setAccounting(accounting)
                .setPolicy(Policies.parse(policy))
                .setCache(Caches.parse("lfu"))
                .setCapacity(Capacities.dram("70%"))
                .build()));
  }

  private static Interval interval(double low, double high) {
    return Interval.newBuilder().setLow(low).setHigh(high).build();
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
