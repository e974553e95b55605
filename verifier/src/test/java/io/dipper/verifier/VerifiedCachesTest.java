package io.dipper.verifier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.UnitOrder;
import io.dipper.trace.TraceReader;
import io.dipper.verifier.scope.PointSelection.All;
import io.dipper.verifier.scope.PointSelection.Ids;
import io.dipper.verifier.scope.VerifiedPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Live runs through caches: what they hold at first, several played at once, ways of fetching. */
class VerifiedCachesTest extends SmallSweeps {
  @ParameterizedTest
  @EnumSource(names = {"CARRIED", "PREFILLED"})
  void whatCachesHoldAtFirst_isTheSameLiveAndReplayed(CacheStart start) {
    List<String> caches = List.of("lfu", "lru", "belady");
    double[] cold = new double[caches.size()];
    for (CacheStart each : List.of(CacheStart.COLD, start)) {
      sweep(each, List.of("dense"), caches, 0.4);
      int before = keptRuns();
      VerificationResult result = run(request(new All()));
      assertThat(keptRuns()).as("runs of its own").isGreaterThanOrEqualTo(before + caches.size());
      for (int c = 0; c < caches.size(); c++) {
        VerifiedRow row = result.points().get(c).row();
        assertThat(row.rates().liveHitRateH())
            .isEqualTo(row.rates().replayHitRateH())
            .isEqualTo(result.points().get(c).point().demand().hits().hitRateH());
        assertThat(row.perplexities().perplexity()).isEqualTo(row.perplexities().perplexityDense());
        assertThat(row.rates().liveHitRateH()).isGreaterThan(each == start ? cold[c] : 0);
        cold[c] = requireNonNull(row.rates().liveHitRateH());
      }
    }
  }

  /** Masks that look at the cache look at the same one, up to the drift of activations. */
  @Test
  void prefilledCaches_areSeenByLiveMasks() {
    sweep(CacheStart.PREFILLED, List.of("dip-ca:density=0.6"), List.of("lfu"), 0.4);
    VerifiedRow filled = run(request(new All())).points().get(0).row();
    sweep(List.of("dip-ca:density=0.6"), List.of("lfu"), 0.4);
    VerificationResult cold = run(request(new All()));
    assertThat(cold.liveRuns()).isOne();
    assertThat(filled.similarity().jaccardX()).isGreaterThan(0.8);
    assertThat(filled.rates().liveHitRateX())
        .isCloseTo(filled.rates().replayHitRateX(), within(0.02));
    assertThat(filled.rates().liveHitRateX())
        .isGreaterThan(cold.points().get(0).row().rates().liveHitRateX());
  }

  @Test
  void pointsThatDifferInFetchingOnly_areRunOnce_andTimedByTheirOwnCounts() {
    HardwareProfile.Builder device = device("phone", 1e9).toBuilder();
    device.getFlashBuilder().setLatency(quantity(1e-6)).setLanes(quantity(1));
    Simulation simulation = Simulation.of(TRACE, TraceReader.open(TRACE), 2, Progress.SILENT);
    List<PlannedPoint> points = new ArrayList<>();
    for (UnitOrder order : List.of(UnitOrder.NATURAL, UnitOrder.CO_ACTIVATION)) {
      for (double maxGap : new double[] {0, 1000}) {
        PointConfig config =
            PointConfig.newBuilder()
                .setHardware(device)
                .setPolicy(Policies.parse("dip-ca:density=0.5"))
                .setCache(Caches.parse("lfu"))
                .setCapacity(Capacities.cacheFraction(0.4))
                .setUnitOrder(order)
                .setMaxGap(maxGap)
                .build();
        points.add(simulation.plan(simulation.complete(config)));
      }
    }
    List<PointRow> rows = write(simulation, points).points();

    VerificationResult result = run(request(new All()));

    assertThat(result.liveRuns()).isOne();
    assertThat(result.points()).hasSize(4);
    assertThat(result.points().stream().map(p -> p.row().speeds().liveTokensPerSecond()))
        .doesNotHaveDuplicates();
    VerifiedRow first = result.points().get(0).row();
    for (VerifiedPoint point : result.points()) {
      VerifiedRow row = point.row();
      assertThat(row.rates().liveHitRateH()).isEqualTo(first.rates().liveHitRateH());
      assertThat(row.perplexities().perplexity()).isEqualTo(first.perplexities().perplexity());
      assertThat(row.speeds().replayTokensPerSecond())
          .isEqualTo(point.point().time().tokensPerSecond());
      // Masks drift a little; a way of fetching mistaken for another is further off.
      assertThat(liveOverReplay(row)).isCloseTo(liveOverReplay(first), within(0.02));
    }
    assertThat(rows.stream().mapToDouble(row -> row.time().tokensPerSecond()).max().orElseThrow())
        .isGreaterThan(
            1.1
                * rows.stream()
                    .mapToDouble(row -> row.time().tokensPerSecond())
                    .min()
                    .orElseThrow());
    assertThat(run(request(new All())).liveRuns()).as("everything was kept").isZero();
  }

  private static double liveOverReplay(VerifiedRow row) {
    return requireNonNull(row.speeds().liveTokensPerSecond())
        / requireNonNull(row.speeds().replayTokensPerSecond());
  }

  @Test
  void cachesPlayedTogether_hitAsEachAlone() {
    ResultDirectory results =
        sweep(List.of("gate:keep=0.3"), List.of("lfu", "lru", "none", "belady"), 0.4);
    VerificationResult together = run(request(new All()));
    for (VerifiedPoint point : together.points()) {
      deleteLiveRuns();
      VerificationResult alone = run(request(new Ids(List.of(point.row().pointId()))));
      assertThat(alone.liveRuns()).isOne();
      assertThat(alone.points()).singleElement().isEqualTo(point);
    }
    List<VerifiedRow> rows = results.verified();
    double belady = rate(rows, "belady");
    assertThat(belady).isGreaterThan(rate(rows, "lfu")).isGreaterThan(rate(rows, "lru"));
    assertThat(rate(rows, "none")).isZero();
  }

  private static double rate(List<VerifiedRow> rows, String cache) {
    return rows.stream()
        .filter(r -> r.name().cache().equals(cache))
        .map(row -> row.rates().liveHitRateH())
        .findFirst()
        .orElseThrow();
  }
}
