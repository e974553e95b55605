package io.dipper.hwsim.time.device;

import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Flash;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTailTest {
  private static final double LATENCY = 80e-6;
  private static final double LANE = 0.4e9;
  private static final double SIZE = 4096;
  private static final double SERVICE = LATENCY + SIZE / LANE;

  /** On a lane for each, n reads last one of them, and if any is slow a slow one: 1 - (1 - p)^n. */
  @ParameterizedTest
  @CsvSource({"1, 0.01", "10, 0.01", "100, 0.01", "1000, 0.001", "7, 0.3", "50, 1"})
  void manyLanes_waitForTheSlowest_asOftenAsAnyIsSlow(int reads, double share) {
    Flash flash = flash(0, 0, share, 10);
    double formula = new AffineFlash(flash).requestsSeconds(reads, SIZE);
    assertThat(formula).isCloseTo(SERVICE, within(1e-12));
    LatencyTail tail = LatencyTail.of(flash, 7);
    int steps = 40_000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += tail.seconds(reads, SIZE, false, formula);
    }
    double expected = SERVICE * (1 + 9 * (1 - Math.pow(1 - share, reads)));
    assertThat(sum / steps).isCloseTo(expected, Percentage.withPercentage(3));
  }

  /** On one lane reads wait for all that is before them: n reads last n (1 + 9 p) on average. */
  @ParameterizedTest
  @CsvSource({"1, 0.2", "20, 0.1", "500, 0.02"})
  void oneLane_takesTheMeanOfItsCommands(int reads, double share) {
    Flash flash = flash(1, 0, share, 10);
    double formula = new AffineFlash(flash).requestsSeconds(reads, SIZE);
    LatencyTail tail = LatencyTail.of(flash, 3);
    double sum = 0;
    for (int i = 0; i < 40_000; i++) {
      sum += tail.seconds(reads, SIZE, false, formula);
    }
    assertThat(sum / 40_000)
        .isCloseTo(reads * SERVICE * (1 + 9 * share), Percentage.withPercentage(2));
  }

  /** Lanes served one by one end no sooner, and at most a slow command and the submission later. */
  @Property(tries = 300)
  void slowCommands_endWhenLanesServedOneByOneDo(
      @ForAll @IntRange(min = 1, max = 200) int reads,
      @ForAll @IntRange(min = 1, max = 40) int lanes,
      @ForAll @IntRange(min = 0, max = 40) int submissionUs,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double share,
      @ForAll @IntRange(min = 1, max = 30) int factor,
      @ForAll long seed) {
    Flash flash = flash(lanes, submissionUs * 1e-6, share, factor);
    Random random = new Random(seed);
    Set<Integer> slow = new HashSet<>();
    int last = 0;
    for (int i = 1; i <= reads; i++) {
      if (random.nextDouble() < share) {
        slow.add(i);
        last = i;
      }
    }
    AffineFlash device = new AffineFlash(flash);
    double formula = device.requestsSeconds(reads, SIZE);
    if (!slow.isEmpty()) {
      LatencyTail.Slow which = new LatencyTail.Slow(slow.size(), last);
      formula = Math.max(formula, LatencyTail.of(flash, 0).slowed(device, reads, SIZE, which));
    }
    int[] next = {0};
    double naive =
        FlashQueueTest.burstSeconds(
            reads,
            run ->
                new LaneQueue(
                    run.clock,
                    AffineNumbers.of(flash),
                    new Throttle(flash),
                    SIZE,
                    () -> slow.contains(++next[0]) ? factor : 1,
                    run::ended));
    double later = factor * SERVICE + reads * submissionUs * 1e-6;
    assertThat(naive).isBetween(formula - 5e-9, formula + later + 5e-9);
  }

  @Test
  void aTail_isTheSameForASeed_andAbsentOnesDrawNothing() {
    Flash flash = flash(4, 0, 0.1, 10);
    LatencyTail one = LatencyTail.of(flash, 5);
    LatencyTail same = LatencyTail.of(flash, 5);
    LatencyTail other = LatencyTail.of(flash, 6);
    double ones = 0;
    double others = 0;
    for (int i = 0; i < 100; i++) {
      double seconds = one.seconds(20, SIZE, false, SERVICE);
      assertThat(same.seconds(20, SIZE, false, SERVICE)).isEqualTo(seconds);
      ones += seconds;
      others += other.seconds(20, SIZE, false, SERVICE);
    }
    assertThat(others).isNotEqualTo(ones);
    LatencyTail none = LatencyTail.of(flash.toBuilder().clearLatencyTail().build(), 5);
    assertThat(none.seconds(1e6, SIZE, true, 0.25)).isEqualTo(0.25);
  }

  @Test
  void aDelay_isAddedToTheSlowOnes() {
    Flash.Builder flash = flash(0, 0, 1, 1).toBuilder();
    flash.getLatencyTailBuilder().clearFactor().setDelay(q(0.005));
    double formula = new AffineFlash(flash.build()).requestsSeconds(9, SIZE);
    assertThat(LatencyTail.of(flash.build(), 1).seconds(9, SIZE, false, formula))
        .isCloseTo(SERVICE + 0.005, within(1e-12));
  }

  /** Faults wait one after another, so that each slow one is waited for. */
  @Test
  void rounds_areAsLongAsTheirSlowest() {
    LatencyTail tail = LatencyTail.of(flash(0, 0, 0.05, 10), 11);
    double one = 0;
    double four = 0;
    for (int i = 0; i < 2000; i++) {
      one += tail.secondsOfRounds(100, 1, SIZE);
      four += tail.secondsOfRounds(25, 4, SIZE);
    }
    double each = 9 * SERVICE;
    assertThat(one / 2000).isCloseTo(100 * 0.05 * each, Percentage.withPercentage(3));
    assertThat(four / 2000)
        .isCloseTo(25 * (1 - Math.pow(0.95, 4)) * each, Percentage.withPercentage(3));
  }

  /** Two reads in a hundred are slow: the 99th percentile is. */
  @Test
  void aProbe_hasTheTailInItsPercentiles() {
    FlashProbe probe = FlashProbe.of(flash(1, 0, 0.02, 10), ProbeLoad.closed(SIZE, 1));
    assertThat(probe.latencies().percentiles().p50()).isCloseTo(SERVICE, within(5e-9));
    assertThat(probe.latencies().percentiles().p99()).isCloseTo(10 * SERVICE, within(5e-9));
  }

  private static Flash flash(int lanes, double submission, double share, double factor) {
    Flash.Builder flash = Flash.newBuilder().setMaxBandwidth(q(1e13)).setLaneBandwidth(q(LANE));
    flash.setLatency(q(LATENCY)).setSubmission(q(submission));
    if (lanes > 0) {
      flash.setLanes(q(lanes));
    }
    flash.getLatencyTailBuilder().setShare(q(share)).setFactor(q(factor));
    return flash.build();
  }
}
