package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Extrapolate;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.Quantity;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;

/** The closed forms of bursts beside reads that are served one by one. */
class FlashQueueTest {
  private static final double LATENCY = 75e-6;
  private static final double LANE = 1e9;

  /** Half a picosecond for each event that a read waits for, of up to some 10,000. */
  private static final double RESOLUTION = 5e-9;

  @Property(tries = 300)
  void aBurstOnLanes_endsWhenTheClosedFormSays(
      @ForAll @IntRange(min = 1, max = 300) int requests,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size,
      @ForAll @IntRange(min = 0, max = 40) int submissionUs,
      @ForAll boolean commands) {
    Flash flash = affine(lanes, 1e13, submissionUs, commands);
    assertThat(burstSeconds(flash, requests, size))
        .isCloseTo(new AffineFlash(flash).requestsSeconds(requests, size), within(RESOLUTION));
  }

  @Property(tries = 300)
  void aBurstFromThreads_atACommandRate_endsWhenTheClosedFormSays(
      @ForAll @IntRange(min = 1, max = 300) int requests,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size,
      @ForAll @IntRange(min = 0, max = 40) int submissionUs,
      @ForAll @IntRange(min = 1, max = 8) int threads,
      @ForAll @IntRange(min = 10_000, max = 1_000_000) int commandsPerSecond) {
    Flash.Builder flash = affine(lanes, 1e13, submissionUs, requests % 2 == 0).toBuilder();
    flash.setSubmissionThreads(q(threads)).setCommandsPerSecond(q(commandsPerSecond));
    assertThat(burstSeconds(flash.build(), requests, size))
        .isCloseTo(
            new AffineFlash(flash.build()).requestsSeconds(requests, size), within(RESOLUTION));
  }

  /** The first command of a burst finds nobody beside it, and the last one perhaps no more. */
  @Property(tries = 300)
  void aCrowdedBurst_endsAtMostTwoDelaysBeforeTheClosedForm(
      @ForAll @IntRange(min = 1, max = 300) int requests,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size) {
    Flash flash = affine(lanes, 1e13, 0, false).toBuilder().setCrowding(q(1.8)).build();
    AffineFlash timing = new AffineFlash(flash);
    double formula = timing.requestsSeconds(requests, size);
    double delay = 0.8 * timing.requestsSeconds(1, size);
    assertThat(burstSeconds(flash, requests, size))
        .isBetween(formula - 2 * delay - RESOLUTION, formula + RESOLUTION);
  }

  /**
   * The closed form is optimistic by what the link's queue adds, one command of each lane at most.
   */
  @Property(tries = 300)
  void aBurstThroughALink_endsWithinOneCommandPerLaneOfTheClosedForm(
      @ForAll @IntRange(min = 1, max = 300) int requests,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size,
      @ForAll @IntRange(min = 0, max = 40) int submissionUs,
      @ForAll @IntRange(min = 1, max = 20) int maxGbPerSecond) {
    double max = maxGbPerSecond * 1e9;
    Flash flash = affine(lanes, max, submissionUs, false);
    double formula = new AffineFlash(flash).requestsSeconds(requests, size);
    double read = new AffineFlash(flash).bytesRead(size);
    assertThat(burstSeconds(flash, requests, size))
        .isBetween(
            formula - RESOLUTION, formula + Math.min(requests, lanes) * read / max + RESOLUTION);
  }

  @Property(tries = 200)
  void aBurstOnATable_endsWhenItsRoundsSay(
      @ForAll @IntRange(min = 1, max = 200) int requests,
      @ForAll @IntRange(min = 1, max = 8) int lanes,
      @ForAll @IntRange(min = 1, max = 100_000) int size) {
    Flash.Builder flash = Flash.newBuilder();
    FlashTable.Builder table = flash.getTableBuilder().setExtrapolate(Extrapolate.CLAMP);
    table.addAllLanes(List.of(1.0, 4.0));
    table.addRows(row(4096, 100e6, 400e6)).addRows(row(16384, 400e6, 900e6));
    flash.setLanes(q(lanes));
    TableFlash timing = new TableFlash(flash.build());
    double seconds =
        burstSeconds(
            requests,
            run ->
                new SharedQueue(
                    run.clock,
                    new Throttle(flash.build()),
                    k -> timing.roundSeconds(size, k, Double.POSITIVE_INFINITY),
                    size,
                    lanes,
                    () -> 1,
                    run::ended));
    assertThat(seconds)
        .isCloseTo(timing.requestsSeconds(requests, size), Percentage.withPercentage(1e-5));
  }

  @Property(tries = 100)
  void aHotDevice_isNeverFaster_andAtTheThrottledBandwidthWhereThatBinds(
      @ForAll @IntRange(min = 1, max = 200) int requests,
      @ForAll @IntRange(min = 1, max = 16) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size) {
    Flash cold = affine(lanes, 4e9, 1, false);
    Flash hot = cold.toBuilder().setThrottleAfter(q(0)).setThrottledBandwidth(q(0.5e9)).build();
    double seconds = burstSeconds(hot, requests, size);
    assertThat(seconds).isGreaterThanOrEqualTo(burstSeconds(cold, requests, size));
    assertThat(seconds)
        .isGreaterThanOrEqualTo(requests * new AffineFlash(hot).bytesRead(size) / 0.5e9);
  }

  /** Counts what ends, on a clock of its own. */
  static final class Burst {
    final Clock clock = new Clock();
    int left;
    double endedPs;

    void ended(ReadRequest request) {
      left--;
      endedPs = clock.nowPs();
    }
  }

  private static double burstSeconds(Flash flash, int requests, double size) {
    return burstSeconds(
        requests,
        run ->
            new LaneQueue(
                run.clock,
                AffineNumbers.of(flash),
                new Throttle(flash),
                size,
                () -> 1,
                run::ended));
  }

  static double burstSeconds(int requests, Function<Burst, FlashQueue> device) {
    Burst run = new Burst();
    run.left = requests;
    FlashQueue queue = device.apply(run);
    for (int i = 0; i < requests; i++) {
      queue.submit(new ReadRequest(0));
    }
    run.clock.run();
    assertThat(run.left).as("every read ends once").isZero();
    return Clock.seconds(run.endedPs);
  }

  private static Flash affine(int lanes, double max, int submissionUs, boolean commands) {
    Flash.Builder flash = Flash.newBuilder().setMaxBandwidth(q(max)).setLaneBandwidth(q(LANE));
    flash.setLatency(q(LATENCY)).setLanes(q(lanes)).setSubmission(q(submissionUs * 1e-6));
    flash.setPageSize(q(4096));
    return commands ? flash.setCommandSize(q(65536)).build() : flash.build();
  }

  private static FlashTableRow row(double size, Double... throughputs) {
    return FlashTableRow.newBuilder().setSize(size).addAllThroughput(List.of(throughputs)).build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
