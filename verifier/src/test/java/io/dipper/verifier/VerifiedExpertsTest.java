package io.dipper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.record.RecordingOptions;
import io.dipper.tracegen.record.TraceRecorder;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.budget.BudgetAnswer;
import io.dipper.verifier.scope.PointSelection;
import io.dipper.verifier.scope.VerifiedPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of the embedded model with experts on a recorded trace, verified and calibrated. */
class VerifiedExpertsTest {
  private static final Path MODEL = SharedData.model("bookworm-moe-q8_0.gguf");
  private static final int BLOCK = 64;
  private static final int TOKENS = 4 * BLOCK;
  private static final int LOOKUPS = TOKENS * 6 * 4;

  @TempDir Path folder;
  private Path trace;
  private ResultDirectory results;

  @BeforeEach
  void sweep() throws IOException {
    trace = folder.resolve("moe.arrow");
    RecordingOptions options =
        RecordingOptions.defaults("test")
            .withTokens(TOKENS)
            .withBlockLength(BLOCK)
            .withRuntime(RuntimeOptions.withThreads(2));
    try (ModelFile file = ModelFiles.open(MODEL)) {
      Path ids = SharedData.testdata("golden/bookworm-heldout.ids.i32le");
      Corpus corpus = Corpus.ofIds(ids, file.config().shape().getVocabularySize());
      new TraceRecorder(options).record(file, corpus, trace, Progress.SILENT);
    }
    results = new ResultDirectory(Files.createDirectories(folder.resolve("results")));
    try (TraceReader reader = TraceReader.open(trace)) {
      Simulation simulation = Simulation.of(trace, reader, 2, Progress.SILENT);
      List<PlannedPoint> points = new ArrayList<>();
      for (String policy :
          List.of("router", "router:k=3", "router:k=2", "drop-cold:f=1", "max-rank:j=1,m=8")) {
        for (int experts : new int[] {4, 8}) {
          points.add(simulation.plan(simulation.complete(point(policy, experts))));
        }
      }
      List<PointRow> rows = new ArrayList<>();
      simulation.run(points, point -> rows.add(point.row()));
      results.writeConfigs(points.stream().map(PlannedPoint::config).toList());
      results.writePoints(rows);
    }
  }

  private static PointConfig point(String policy, int experts) {
    return PointConfig.newBuilder()
        .setHardware(HardwareProfiles.resolve("oneplus-15r").profile())
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse("lru"))
        .setCapacity(Capacities.cacheBytes(6L * experts * 78336 + " B"))
        .build();
  }

  private VerificationResult run(PointSelection points) {
    return Verification.run(
        VerificationRequest.of(
            results.folder(), points, MODEL, trace, RuntimeOptions.withThreads(2)),
        Progress.SILENT);
  }

  @Test
  void verify_setsLiveChoicesBesideReplayedOnes() {
    VerificationResult result = run(new PointSelection.All());
    assertThat(result.points()).hasSize(10);
    for (VerifiedPoint point : result.points()) {
      VerifiedRow.Experts experts = point.row().experts();
      long hits = Objects.requireNonNull(experts.liveHits());
      long misses = Objects.requireNonNull(experts.liveMisses());
      assertThat(experts.liveLookups()).isEqualTo(hits + misses);
      assertThat(experts.replayHits()).isEqualTo(point.point().demand().experts().hits());
      if (point.point().policyParams().equals("{}")) {
        assertThat(point.point().isMasked()).isFalse();
        assertThat(experts.jaccardExperts()).isEqualTo(1);
        assertThat(experts.liveHits()).isEqualTo(experts.replayHits());
        assertThat(experts.liveLookups()).isEqualTo(LOOKUPS);
        assertThat(point.loss().value()).isCloseTo(0, within(1e-9));
      } else {
        assertThat(point.point().isMasked()).isTrue();
        assertThat(experts.jaccardExperts()).isBetween(0.4, 0.999);
      }
    }
    // A policy that looks at the cache chooses otherwise with another size of it.
    Map<Double, List<VerifiedPoint>> cacheAware =
        result.points().stream()
            .filter(point -> point.point().policy().equals("max-rank"))
            .collect(Collectors.groupingBy(point -> point.perplexity().value()));
    assertThat(cacheAware).hasSize(2);
  }

  /** Of any loss that is allowed, the best of what is verified is what a search finds. */
  @Test
  void budget_findsThePointsThatRunningAllFinds() {
    List<VerifiedPoint> all = run(new PointSelection.All()).points();
    VerificationResult searched = run(new PointSelection.Budget(List.of(0.0, 5.0, 1e6), 20));
    assertThat(searched.budgets()).hasSize(3);
    for (BudgetAnswer answer : searched.budgets()) {
      List<VerifiedPoint> within =
          all.stream().filter(p -> p.loss().value() <= answer.budget() + 1e-9).toList();
      double most =
          within.stream().mapToDouble(p -> p.point().time().tokensPerSecond()).max().orElseThrow();
      VerifiedPoint fastest = Objects.requireNonNull(answer.fastest());
      assertThat(answer.confirmed()).isTrue();
      assertThat(fastest.point().time().tokensPerSecond()).isEqualTo(most);
      assertThat(Objects.requireNonNull(answer.smallest()).point().memory().dramBytes())
          .isEqualTo(
              within.stream().mapToDouble(p -> p.point().memory().dramBytes()).min().orElseThrow());
      PointRow own = Objects.requireNonNull(answer.denseStream());
      assertThat(own.policy()).isEqualTo("router");
      assertThat(own.isMasked()).isFalse();
    }
  }

  /**
   * The model's own router is the model as it is: what the dense run measured is its perplexity.
   */
  @Test
  void theModelsOwnRouter_hasThePerplexityOfTheDenseRun() {
    List<PointRow> rows = results.points();
    assertThat(rows.stream().filter(row -> !row.isMasked()))
        .hasSize(2)
        .allMatch(row -> row.policy().equals("router"))
        .allMatch(row -> row.quality().perplexityDense() != null)
        .allMatch(
            row -> Objects.equals(row.quality().perplexity(), row.quality().perplexityDense()));
    assertThat(rows.stream().filter(PointRow::isMasked))
        .allMatch(row -> row.quality().perplexity() == null);
  }

  @Test
  void calibrate_fitsTheLossToLostRouterWeight() {
    run(new PointSelection.Calibration(4));
    PointRow two = router(2);
    PointRow three = router(3);
    assertThat(two.quality().perplexityPredicted())
        .isGreaterThan(three.quality().perplexityPredicted());
    assertThat(three.quality().perplexityPredicted())
        .isGreaterThan(three.quality().perplexityDense());
    assertThat(two.demand().experts().leftOut().lostToFewer()).isBetween(0.3, 0.5);
    assertThat(two.demand().experts().leftOut().lostToOthers()).isZero();
  }

  private PointRow router(int k) {
    return results.points().stream()
        .filter(row -> row.policy().equals("router") && row.policyParams().contains(":" + k))
        .findFirst()
        .orElseThrow();
  }
}
