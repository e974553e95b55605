package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AffineFlashTest {
  private static final double LATENCY = 75e-6;
  private static final double LANE = 1e9;
  private static final double MAX = 2.5e9;

  @Test
  void oneRequest_takesLatencyAndTransferExactly() {
    AffineFlash flash = flash(8, 0, 0, 0, 0);
    assertThat(flash.requestsSeconds(1, 131072)).isEqualTo(LATENCY + 131072 / LANE);
  }

  @Test
  void manySmallRequests_reachTheLanes_andLargeOnesTheBandwidth() {
    AffineFlash flash = flash(4, 0, 0, 0, 0);
    for (double size : new double[] {512, 4096, 32768, 262144, 4194304, 6.7e7}) {
      double expected = Math.min(MAX, 4 * size / (LATENCY + size / LANE));
      double count = 400_000;
      double seconds = flash.requestsSeconds(count, size);
      assertThat(count * size / seconds).isCloseTo(expected, Percentage.withPercentage(0.01));
    }
  }

  @Test
  void sizeToZero_givesLanesOverLatency_andSizeToInfinityTheBandwidth() {
    AffineFlash flash = flash(8, 0, 0, 0, 0);
    double count = 800_000;
    assertThat(count / flash.requestsSeconds(count, 1e-3))
        .isCloseTo(8 / LATENCY, Percentage.withPercentage(1e-4));
    assertThat(1e13 / flash.requestsSeconds(8, 1e13 / 8))
        .isCloseTo(MAX, Percentage.withPercentage(1e-3));
    assertThat(1e13 / flash.requestsSeconds(1, 1e13))
        .isCloseTo(LANE, Percentage.withPercentage(1e-3));
  }

  @Test
  void queueDepth_limitsTheLanes() {
    assertThat(flash(32, 4, 0, 0, 0).requestsSeconds(1000, 4096))
        .isEqualTo(flash(4, 0, 0, 0, 0).requestsSeconds(1000, 4096));
  }

  @Test
  void aRequest_readsWholePages() {
    AffineFlash flash = flash(1, 0, 0, 4096, 0);
    assertThat(flash.bytesRead(1024)).isEqualTo(4096);
    assertThat(flash.bytesRead(4096)).isEqualTo(4096);
    assertThat(flash.bytesRead(4097)).isEqualTo(8192);
    assertThat(flash.requestsSeconds(1, 1024)).isEqualTo(LATENCY + 4096 / LANE);
  }

  @Test
  void aLargeRequest_isSplitIntoCommandsThatUseSeveralLanes() {
    AffineFlash flash = flash(2, 0, 524288, 0, 0);
    // Two commands of 512 KiB side by side; then three, in two rounds, of a third of 1.5 MiB each.
    assertThat(flash.requestsSeconds(1, 1048576)).isCloseTo(LATENCY + 524288 / LANE, within(1e-12));
    assertThat(flash.requestsSeconds(1, 1572864))
        .isCloseTo(2 * (LATENCY + 524288 / LANE), within(1e-12));
  }

  @Test
  void slowSubmission_limitsTheRate() {
    AffineFlash flash = flash(64, 0, 0, 0, 10e-6);
    assertThat(flash.requestsSeconds(1, 4096)).isEqualTo(10e-6 + LATENCY + 4096 / LANE);
    assertThat(flash.requestsSeconds(10_000, 4096) / 10_000)
        .isCloseTo(10e-6, Percentage.withPercentage(0.1));
  }

  @Test
  void aStream_reachesTheSequentialBandwidth_andPaysLatencyOnceWhenContinued() {
    Flash profile =
        profile(8, 32, 524288, 4096, 0).toBuilder().setSequentialBandwidth(q(4e9)).build();
    AffineFlash flash = new AffineFlash(profile);
    double bytes = 4096 * 25000;
    assertThat(flash.streamSeconds(bytes, false)).isCloseTo(LATENCY + bytes / 4e9, within(1e-12));
    assertThat(flash.streamSeconds(bytes, true)).isCloseTo(bytes / 4e9, within(1e-12));
  }

  /**
   * Each command takes the lane that is free first; submitted one after another; no shared
   * bandwidth.
   */
  private static double naive(int commands, int lanes, double service, double submit) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int lane = 0; lane < lanes; lane++) {
      free.add(0.0);
    }
    double last = 0;
    for (int i = 1; i <= commands; i++) {
      double start = Math.max(i * submit, free.remove());
      free.add(start + service);
      last = Math.max(last, start + service);
    }
    return last;
  }

  @Property
  void closedForm_isThatOfLanesServedOneByOne(
      @ForAll @IntRange(min = 1, max = 500) int requests,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size,
      @ForAll @IntRange(min = 0, max = 40) int submissionUs) {
    Flash.Builder unlimited = profile(lanes, 0, 0, 0, submissionUs * 1e-6).toBuilder();
    unlimited.setMaxBandwidth(q(1e13)).setLaneBandwidth(q(LANE));
    double expected = naive(requests, lanes, LATENCY + size / LANE, submissionUs * 1e-6);
    assertThat(new AffineFlash(unlimited.build()).requestsSeconds(requests, size))
        .isCloseTo(expected, Percentage.withPercentage(1e-9));
  }

  /** A thread of several submits every threads-th command; the device takes one each interval. */
  @Property
  void closedForm_isThatOfCommandsTakenOneByOne_fromThreadsInTurn(
      @ForAll @IntRange(min = 1, max = 500) int requests,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size,
      @ForAll @IntRange(min = 0, max = 40) int submissionUs,
      @ForAll @IntRange(min = 1, max = 8) int threads,
      @ForAll @IntRange(min = 10_000, max = 1_000_000) int commandsPerSecond) {
    Flash.Builder device = profile(lanes, 0, 0, 0, submissionUs * 1e-6).toBuilder();
    device.setMaxBandwidth(q(1e13)).setLaneBandwidth(q(LANE));
    device.setSubmissionThreads(q(threads)).setCommandsPerSecond(q(commandsPerSecond));
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int lane = 0; lane < lanes; lane++) {
      free.add(0.0);
    }
    double service = LATENCY + size / LANE;
    double taken = Double.NEGATIVE_INFINITY;
    double last = 0;
    for (int i = 0; i < requests; i++) {
      double submitted = submissionUs * 1e-6 * (1 + (double) i / threads);
      double start = Math.max(submitted, free.remove());
      start = Math.max(start, taken + 1.0 / commandsPerSecond);
      taken = start;
      free.add(start + service);
      last = Math.max(last, start + service);
    }
    assertThat(new AffineFlash(device.build()).requestsSeconds(requests, size))
        .isCloseTo(last, Percentage.withPercentage(1e-9));
  }

  @Test
  void commandsPerSecond_limitSmallReadsAndStreams_andOneReadNotAtAll() {
    Flash device = profile(64, 0, 65536, 0, 0).toBuilder().setCommandsPerSecond(q(20_000)).build();
    AffineFlash flash = new AffineFlash(device);
    assertThat(flash.requestsSeconds(1, 4096)).isEqualTo(LATENCY + 4096 / LANE);
    assertThat(10_000 / flash.requestsSeconds(10_000, 4096))
        .isCloseTo(20_000, Percentage.withPercentage(0.1));
    // 4 commands in each read; a stream is counted in the same commands.
    assertThat(10_000 / flash.requestsSeconds(10_000, 262144))
        .isCloseTo(5_000, Percentage.withPercentage(0.1));
    assertThat(1e9 / flash.streamSeconds(1e9, true))
        .isCloseTo(20_000 * 65536, Percentage.withPercentage(0.1));
  }

  @Test
  void severalThreads_multiplyTheHostsRate_andDoNotShortenOneRead() {
    Flash one = profile(64, 0, 0, 0, 46e-6);
    AffineFlash four =
        new AffineFlash(
            one.toBuilder().setSubmissionThreads(q(4)).setMaxBandwidth(q(1e12)).build());
    assertThat(four.requestsSeconds(1, 4096))
        .isEqualTo(new AffineFlash(one).requestsSeconds(1, 4096));
    assertThat(100_000 / four.requestsSeconds(100_000, 4096))
        .isCloseTo(4 / 46e-6, Percentage.withPercentage(0.1));
  }

  @Test
  void aCommandBesideOthers_takesLongerByTheCrowding() {
    Flash device =
        profile(4, 0, 0, 0, 0).toBuilder().setCrowding(q(1.5)).setMaxBandwidth(q(1e13)).build();
    AffineFlash flash = new AffineFlash(device);
    double alone = LATENCY + 4096 / LANE;
    assertThat(flash.requestsSeconds(1, 4096)).isEqualTo(alone);
    assertThat(flash.requestsSeconds(4, 4096)).isCloseTo(1.5 * alone, within(1e-15));
    assertThat(flash.requestsSeconds(12, 4096)).isCloseTo(4.5 * alone, within(1e-15));
    // On one lane there is nobody beside; a stream goes over the device evenly.
    AffineFlash narrow = new AffineFlash(device.toBuilder().setLanes(q(1)).build());
    assertThat(narrow.requestsSeconds(3, 4096)).isCloseTo(3 * alone, within(1e-15));
    assertThat(flash.streamSeconds(1e8, false))
        .isEqualTo(
            new AffineFlash(device.toBuilder().clearCrowding().build()).streamSeconds(1e8, false));
  }

  @Property
  void moreLanesOrBandwidthNeverSlows_moreLatencyNeverSpeeds(
      @ForAll @IntRange(min = 1, max = 5000) int requests,
      @ForAll @IntRange(min = 1, max = 64) int lanes,
      @ForAll @IntRange(min = 1, max = 1_000_000) int size,
      @ForAll boolean commands,
      @ForAll boolean stream) {
    Flash base = profile(lanes, 48, commands ? 65536 : 0, 4096, 2e-6);
    double seconds = seconds(base, requests, size, stream);
    double slack = seconds * (1 + 1e-12);
    assertThat(
            seconds(
                profile(lanes + 1, 48, commands ? 65536 : 0, 4096, 2e-6), requests, size, stream))
        .isLessThanOrEqualTo(slack);
    assertThat(
            seconds(base.toBuilder().setMaxBandwidth(q(2 * MAX)).build(), requests, size, stream))
        .isLessThanOrEqualTo(slack);
    assertThat(
            seconds(base.toBuilder().setLaneBandwidth(q(2 * LANE)).build(), requests, size, stream))
        .isLessThanOrEqualTo(slack);
    assertThat(seconds(base.toBuilder().setLatency(q(2 * LATENCY)).build(), requests, size, stream))
        .isGreaterThanOrEqualTo(seconds);
  }

  private static double seconds(Flash profile, int requests, double size, boolean stream) {
    AffineFlash flash = new AffineFlash(profile);
    return stream
        ? flash.streamSeconds(requests * size, false)
        : flash.requestsSeconds(requests, size);
  }

  private static AffineFlash flash(
      int lanes, int queueDepth, int commandSize, int pageSize, double submission) {
    return new AffineFlash(profile(lanes, queueDepth, commandSize, pageSize, submission));
  }

  private static Flash profile(
      int lanes, int queueDepth, int commandSize, int pageSize, double submission) {
    Flash.Builder flash =
        Flash.newBuilder()
            .setMaxBandwidth(q(MAX))
            .setLatency(q(LATENCY))
            .setLaneBandwidth(q(LANE))
            .setLanes(q(lanes))
            .setPageSize(q(pageSize))
            .setSubmission(q(submission));
    if (queueDepth > 0) {
      flash.setQueueDepth(q(queueDepth));
    }
    if (commandSize > 0) {
      flash.setCommandSize(q(commandSize));
    }
    return flash.build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
