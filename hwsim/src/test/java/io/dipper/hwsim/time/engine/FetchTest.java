package io.dipper.hwsim.time.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.time.device.AffineFlash;
import io.dipper.hwsim.time.device.FetchTiming;
import io.dipper.hwsim.time.device.MeasuredRange;
import io.dipper.hwsim.time.schedule.Arrival;
import io.dipper.hwsim.time.schedule.Kernels;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.StepUnits;
import io.dipper.hwsim.time.schedule.Weights;
import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Requests as long as the mean run, beside requests of the runs' own lengths. */
class FetchTest {
  private static final double LATENCY = 75e-6;
  private static final double LANE = 1e9;
  private static final int PAGE = 4096;

  @Test
  void runsOfOneLength_areExact() {
    // 12 units of 3,000 bytes in 4 runs: 9,000 bytes are 3 pages; two matrices; 8 requests in 2
    // rounds.
    Fetch fetch = fetch(4, 2, 3000, 12, 4);
    assertThat(fetch.requests).isEqualTo(8);
    assertThat(fetch.bytes).isEqualTo(8 * 3 * PAGE);
    assertThat(fetch.seconds(false)).isEqualTo(2 * (LATENCY + 3 * PAGE / LANE));
  }

  @Test
  void unitsThatAreNotAdjacent_areOneRequestEach() {
    Fetch fetch = fetch(4, 1, 3000, 4, 4);
    assertThat(fetch.requests).isEqualTo(4);
    assertThat(fetch.bytes).isEqualTo(4 * PAGE);
  }

  @Property
  void runsOfAnyLengths_differByLessThanAPageEach_andInTimeByOneMoreRequest(
      @ForAll @IntRange(min = 1, max = 60) int runs,
      @ForAll @IntRange(min = 1, max = 3) int matrices,
      @ForAll @IntRange(min = 1, max = 16) int lanes,
      @ForAll @IntRange(min = 1, max = 9000) int unitBytes,
      @ForAll int seed) {
    int[] lengths = new Random(seed).ints(runs, 1, 30).toArray();
    int missed = Arrays.stream(lengths).sum();
    double[] exact =
        IntStream.range(0, runs * matrices)
            .mapToDouble(i -> Math.ceil((double) lengths[i % runs] * unitBytes / PAGE) * PAGE)
            .toArray();
    double exactBytes = Arrays.stream(exact).sum();
    double longest = LATENCY + Arrays.stream(exact).max().orElseThrow() / LANE;

    Fetch fetch = fetch(lanes, matrices, unitBytes, missed, runs);

    assertThat(fetch.requests).isEqualTo(exact.length);
    assertThat(fetch.bytes).isGreaterThanOrEqualTo((double) missed * matrices * unitBytes);
    assertThat(fetch.bytes).isCloseTo(exactBytes, within((double) exact.length * PAGE - 1));
    double pages = exact.length * PAGE / LANE / lanes;
    assertThat(fetch.seconds(false)).isCloseTo(served(exact, lanes), within(longest + pages));
  }

  @Property
  void aSmallestRequest_isMissedByLessThanItself_whereRunsDiffer(
      @ForAll @IntRange(min = 1, max = 60) int runs,
      @ForAll @IntRange(min = 100, max = 9000) int unitBytes,
      @ForAll @IntRange(min = 1, max = 100_000) int least,
      @ForAll int seed) {
    int[] lengths = new Random(seed).ints(runs, 1, 30).toArray();
    double exact = 0;
    for (int length : lengths) {
      exact += Math.ceil(Math.max(least, (double) length * unitBytes) / PAGE) * PAGE;
    }

    Fetch fetch = load(units(1, unitBytes, least), 4, Arrays.stream(lengths).sum(), runs, 0);

    assertThat(fetch.requests).isEqualTo(runs);
    assertThat(fetch.bytes).isGreaterThanOrEqualTo((double) runs * least);
    assertThat(fetch.bytes).isBetween(exact - runs * (PAGE + least), exact + runs * PAGE);
  }

  @Test
  void unitsReadOver_makeRunsLonger() {
    // 10 units of 3,000 bytes and 2 between them in 4 runs: as 12 in 4.
    Fetch fetch = load(units(2, 3000, 0), 4, 10, 4, 2);
    assertThat(fetch.requests).isEqualTo(8);
    assertThat(fetch.bytes).isEqualTo(8 * 3 * PAGE);
  }

  @Test
  void readsOfTwoSizes_areOneKindAfterTheOther_eachWholeWhereThatIsSooner() {
    // A row of 4,096 bytes, and a column of as many pieces of 1 byte: of 1,000 units.
    StepUnits units =
        new StepUnits(
            0,
            1000,
            new Weights(8192, 8, 0, 0),
            List.of(new UnitRequests(1, 1, 4096), new UnitRequests(1, 4096, 1)),
            0,
            false,
            Arrival.TOGETHER);
    Fetch fetch = load(units, 1, 5, 5, 0);
    assertThat(fetch.requests).isEqualTo(5 + 1);
    assertThat(fetch.bytes).isEqualTo(5 * 4096 + 1000 * 4096);
  }

  /** When the last request ends, each on the lane that is free first. */
  private static double served(double[] requests, int lanes) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int lane = 0; lane < lanes; lane++) {
      free.add(0.0);
    }
    double last = 0;
    for (double bytes : requests) {
      double end = free.remove() + LATENCY + bytes / LANE;
      free.add(end);
      last = Math.max(last, end);
    }
    return last;
  }

  /** Of a group with so many units that reading all of them is never sooner. */
  private static Fetch fetch(int lanes, int matrices, double unitBytes, int missed, int runs) {
    return load(units(matrices, unitBytes, 0), lanes, missed, runs, 0);
  }

  private static StepUnits units(int matrices, double unitBytes, double least) {
    UnitRequests requests = new UnitRequests(matrices, matrices, unitBytes);
    return new StepUnits(
        0,
        Integer.MAX_VALUE,
        new Weights(matrices * unitBytes, 8, 0, 0),
        List.of(requests),
        least,
        false,
        Arrival.TOGETHER);
  }

  private static Fetch load(StepUnits units, int lanes, int missed, int runs, int overread) {
    Flash.Builder flash =
        Flash.newBuilder()
            .setMaxBandwidth(q(1e13))
            .setLaneBandwidth(q(LANE))
            .setLatency(q(LATENCY))
            .setLanes(q(lanes))
            .setPageSize(q(PAGE));
    FetchTiming timing = new FetchTiming(flash.build(), new AffineFlash(flash.build()), false);
    Fetch fetch = new Fetch(timing, new MeasuredRange(flash.build()));
    Step step = Step.masked(units, new Kernels(0, 0));
    assertThat(fetch.load(step, missed, runs, overread)).isTrue();
    return fetch;
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
