package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.Quantity;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlashProbeTest {
  private static final double LATENCY = 75e-6;
  private static final double LANE = 1e9;
  private static final double MAX = 2.5e9;
  private static final Percentage CLOSE = Percentage.withPercentage(0.1);

  static List<String> measuredDevices() {
    return HardwareProfiles.list().stream()
        .filter(name -> HardwareProfiles.resolve(name).profile().getFlash().hasTable())
        .toList();
  }

  /** A throttled device is held to its cold table: the table is what was measured. */
  @ParameterizedTest
  @MethodSource("measuredDevices")
  void aProbe_reproducesEveryPointOfATable(String name) {
    Flash.Builder flash = HardwareProfiles.resolve(name).profile().getFlash().toBuilder();
    flash.clearThrottleAfter().clearThrottledBandwidth();
    FlashTable table = flash.getTable();
    for (FlashTableRow row : table.getRowsList()) {
      double span = row.hasRange() ? row.getRange() : Double.POSITIVE_INFINITY;
      for (int i = 0; i < table.getLanesCount(); i++) {
        int lanes = (int) table.getLanes(i);
        ProbeLoad load = new ProbeLoad(row.getSize(), lanes, 0, false, span, 2000, 1);
        FlashProbe probe = FlashProbe.of(flash.build(), load);
        assertThat(probe.bytesPerSecond())
            .as("%s: %.0f B at %d lanes", name, row.getSize(), lanes)
            .isCloseTo(row.getThroughput(i), Percentage.withPercentage(0.001));
        assertThat(probe.latencies().mean() * probe.requestsPerSecond())
            .isCloseTo(lanes, Percentage.withPercentage(0.001));
      }
    }
  }

  @Test
  void oneRead_takesSubmissionLatencyAndTransferExactly() {
    Flash flash = flash(8).setSubmission(q(4e-6)).build();
    FlashProbe probe = FlashProbe.of(flash, ProbeLoad.closed(131072, 1));
    double expected = 4e-6 + LATENCY + 131072 / LANE;
    assertThat(probe.latencies().min()).isCloseTo(expected, within(1e-12));
    assertThat(probe.latencies().max()).isCloseTo(expected, within(1e-12));
    assertThat(probe.requestsPerSecond()).isCloseTo(1 / expected, Percentage.withPercentage(1e-6));
  }

  @Property(tries = 100)
  void inAClosedLoop_throughputIsThatOfTheScarcestOfLanesLinkAndHost(
      @ForAll @IntRange(min = 1, max = 1 << 22) int size,
      @ForAll @IntRange(min = 1, max = 16) int lanes,
      @ForAll @IntRange(min = 1, max = 32) int inFlight,
      @ForAll @IntRange(min = 0, max = 50) int submissionUs) {
    double submission = submissionUs * 1e-6;
    Flash flash = flash(lanes).setSubmission(q(submission)).build();
    FlashProbe probe = FlashProbe.of(flash, closed(size, inFlight));
    double service = LATENCY + size / LANE;
    double working = Math.min(lanes, inFlight);
    double perSecond =
        Math.min(
            Math.min(MAX / size, working / service),
            Math.min(1 / submission, inFlight / (submission + service)));
    // The window of 2,000 reads may cut rounds of up to 32.
    Percentage window = Percentage.withPercentage(1);
    assertThat(probe.requestsPerSecond()).isCloseTo(perSecond, window);
    assertThat(probe.latencies().mean() * perSecond).as("Little").isCloseTo(inFlight, window);
  }

  @Property(tries = 100)
  void inAClosedLoop_threadsAndTheCommandRateLimitToo(
      @ForAll @IntRange(min = 1, max = 1 << 20) int size,
      @ForAll @IntRange(min = 1, max = 32) int inFlight,
      @ForAll @IntRange(min = 1, max = 50) int submissionUs,
      @ForAll @IntRange(min = 1, max = 8) int threads,
      @ForAll @IntRange(min = 5_000, max = 200_000) int commandsPerSecond) {
    double submission = submissionUs * 1e-6;
    Flash.Builder flash = flash(32).setSubmission(q(submission)).setCrowding(q(1.25));
    flash.setSubmissionThreads(q(threads)).setCommandsPerSecond(q(commandsPerSecond));
    FlashProbe probe = FlashProbe.of(flash.build(), closed(size, inFlight));
    double service = (LATENCY + size / LANE) * (inFlight > 1 ? 1.25 : 1);
    double perSecond =
        Math.min(
            Math.min(MAX / size, commandsPerSecond),
            Math.min(threads / submission, inFlight / (submission + service)));
    // Where reads take turns some find nobody beside them.
    assertThat(probe.requestsPerSecond())
        .isBetween(0.99 * perSecond, (inFlight == 2 ? 1.3 : 1.02) * perSecond);
  }

  @Test
  void sizeToInfinity_isTheBandwidth_andSizeToZeroLanesOverLatency() {
    assertThat(FlashProbe.of(flash(4).build(), closed(1e9, 4)).bytesPerSecond())
        .isCloseTo(MAX, CLOSE);
    assertThat(FlashProbe.of(flash(4).build(), closed(1e9, 1)).bytesPerSecond())
        .isCloseTo(LANE, CLOSE);
    assertThat(FlashProbe.of(flash(4).build(), closed(1, 4)).requestsPerSecond())
        .isCloseTo(4 / LATENCY, CLOSE);
  }

  @Test
  void moreInFlightThanTheQueueTakes_onlyWaitLonger() {
    Flash flash = flash(32).setQueueDepth(q(4)).build();
    FlashProbe four = FlashProbe.of(flash, closed(4096, 4));
    FlashProbe sixteen = FlashProbe.of(flash, closed(4096, 16));
    assertThat(sixteen.requestsPerSecond()).isCloseTo(four.requestsPerSecond(), CLOSE);
    assertThat(sixteen.latencies().mean()).isCloseTo(4 * four.latencies().mean(), CLOSE);
    assertThat(sixteen.waitSeconds()).isCloseTo(3 * four.latencies().mean(), CLOSE);
  }

  @Test
  void sequentialReads_goAtTheSequentialBandwidth() {
    Flash affine = flash(8).setSequentialBandwidth(q(4e9)).build();
    assertThat(FlashProbe.of(affine, sequential(4e6, 8)).bytesPerSecond()).isCloseTo(4e9, CLOSE);
    Flash.Builder table = Flash.newBuilder();
    table.getTableBuilder().addLanes(4).addRowsBuilder().setSize(4096).addThroughput(1e8);
    assertThat(FlashProbe.of(table.build(), sequential(4096, 4)).bytesPerSecond())
        .isCloseTo(1e8, CLOSE);
    table.setSequentialBandwidth(q(2e9));
    assertThat(FlashProbe.of(table.build(), sequential(4096, 4)).bytesPerSecond())
        .isCloseTo(2e9, CLOSE);
  }

  @Test
  void aDeviceThatThrottles_isColdUntilThen() {
    Flash.Builder device = flash(8).setThrottledBandwidth(q(0.5e9));
    // 2,000 reads of 1 MB at 2.5 GB/s last 0.8 s.
    assertThat(
            FlashProbe.of(device.setThrottleAfter(q(10)).build(), closed(1e6, 8)).bytesPerSecond())
        .isCloseTo(MAX, CLOSE);
    assertThat(
            FlashProbe.of(device.setThrottleAfter(q(0)).build(), closed(1e6, 8)).bytesPerSecond())
        .isCloseTo(0.5e9, CLOSE);
    Flash half = device.setThrottleAfter(q(0.5)).build();
    assertThat(FlashProbe.of(half, closed(1e6, 8)).bytesPerSecond()).isBetween(0.5e9, 2.4e9);
  }

  @Test
  void percentiles_areNearestRanks_andRise() {
    FlashProbe probe = FlashProbe.of(flash(1).build(), ProbeLoad.open(4096, 6000, 20_000, 7));
    Latencies latencies = probe.latencies();
    Latencies.Percentiles percentiles = latencies.percentiles();
    assertThat(latencies.min()).isCloseTo(LATENCY + 4096 / LANE, within(1e-12));
    assertThat(
            new double[] {
              latencies.min(),
              percentiles.p50(),
              percentiles.p90(),
              percentiles.p95(),
              percentiles.p99(),
              percentiles.p999(),
              latencies.max()
            })
        .isSorted();
    assertThat(latencies.mean()).isBetween(latencies.min(), latencies.max());
  }

  @Test
  void aSeed_determinesARun() {
    ProbeLoad load = ProbeLoad.open(4096, 6000, 5000, 7);
    assertThat(FlashProbe.of(flash(1).build(), load))
        .isEqualTo(FlashProbe.of(flash(1).build(), load));
    assertThat(FlashProbe.of(flash(1).build(), ProbeLoad.open(4096, 6000, 5000, 8)))
        .isNotEqualTo(FlashProbe.of(flash(1).build(), load));
  }

  private static ProbeLoad closed(double size, int lanes) {
    return new ProbeLoad(size, lanes, 0, false, Double.POSITIVE_INFINITY, 2000, 1);
  }

  private static ProbeLoad sequential(double size, int lanes) {
    return new ProbeLoad(size, lanes, 0, true, Double.POSITIVE_INFINITY, 2000, 1);
  }

  private static Flash.Builder flash(int lanes) {
    return Flash.newBuilder()
        .setMaxBandwidth(q(MAX))
        .setLatency(q(LATENCY))
        .setLaneBandwidth(q(LANE))
        .setLanes(q(lanes));
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
