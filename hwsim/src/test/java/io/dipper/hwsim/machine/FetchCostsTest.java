package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.dipper.hwsim.time.device.AffineFlash;
import io.dipper.hwsim.time.device.FetchTiming;
import io.dipper.hwsim.time.device.FlashTiming;
import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class FetchCostsTest {
  private static final FlashTiming READS = new AffineFlash(flash());

  private static Flash flash() {
    return Flash.newBuilder()
        .setMaxBandwidth(q(3e9))
        .setLaneBandwidth(q(2e9))
        .setLatency(q(60e-6))
        .setLanes(q(32))
        .build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }

  private static Map<Measured, Double> fetches(int lanes, ToDoubleFunction<Measured> seconds) {
    Map<Measured, Double> fetches = new LinkedHashMap<>();
    FetchCosts.measured(Measured.Kind.FETCH, lanes)
        .forEach(fetch -> fetches.put(fetch, seconds.applyAsDouble(fetch)));
    return fetches;
  }

  private static double alone(Measured fetch) {
    return READS.requestsSeconds(fetch.threads(), fetch.size());
  }

  @Test
  void whatAProfileSaysOfFetches_isFoundInThem() {
    Flash flash = flash().toBuilder().setHandOverPerLane(q(4e-6)).setCopyBandwidth(q(5e9)).build();
    FetchTiming timing = new FetchTiming(flash, READS, true);
    FetchCosts costs =
        FetchCosts.ofLonger(
            fetches(32, fetch -> timing.requestsSeconds(fetch.threads(), fetch.size())), READS);
    assertThat(costs.each()).isCloseTo(4e-6, withPercentage(1e-6));
    assertThat(costs.perByte()).isCloseTo(2e-10, withPercentage(1e-6));
  }

  @Test
  void fetchesThatAreNoSlowerThanReads_costNothing() {
    FetchCosts costs = FetchCosts.ofLonger(fetches(32, fetch -> 0.9 * alone(fetch)), READS);
    assertThat(costs.each()).isZero();
    assertThat(costs.perByte()).isCloseTo(0, within(1e-12));
  }

  @Test
  void oneLane_hasItsBytesOnly() {
    Map<Measured, Double> fetches =
        fetches(1, fetch -> alone(fetch) + 3e-10 * fetch.size() * fetch.threads());
    FetchCosts costs = FetchCosts.ofLonger(fetches, READS);
    assertThat(costs.each()).isZero();
    assertThat(costs.perByte()).isCloseTo(3e-10, withPercentage(1e-6));
    FetchCosts delays = FetchCosts.ofDelays(fetches(1, fetch -> 12e-6 + fetch.size() * 0.1e-9));
    assertThat(delays.each()).isCloseTo(12e-6, withPercentage(1e-6));
    assertThat(delays.perByte()).isCloseTo(1e-10, withPercentage(1e-6));
  }

  @Test
  void costsByLanesAlone_leaveNoneForBytes() {
    FetchCosts costs =
        FetchCosts.ofLonger(
            fetches(32, fetch -> alone(fetch) * 0.99 + 9e-6 * (fetch.threads() - 1)), READS);
    assertThat(costs.perByte()).isCloseTo(0, within(1e-12));
    assertThat(costs.each()).isCloseTo(9e-6, withPercentage(10));
  }

  @Test
  void delays_areOfReadsAndOfBytes() {
    FetchCosts costs =
        FetchCosts.ofDelays(
            fetches(32, fetch -> fetch.threads() * (12e-6 + fetch.size() * 0.1e-9)));
    assertThat(costs.each()).isCloseTo(12e-6, withPercentage(1e-6));
    assertThat(costs.perByte()).isCloseTo(1e-10, withPercentage(1e-6));
  }

  @Test
  void whereCoresAreFree_nothingIsHeldUp() {
    assertThat(FetchCosts.ofDelays(fetches(32, fetch -> 0))).isEqualTo(new FetchCosts(0, 0));
  }
}
