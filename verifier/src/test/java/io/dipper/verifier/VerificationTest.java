package io.dipper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Part;
import io.dipper.tracegen.runtime.RuntimeOptions;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.scope.PointSelection.All;
import io.dipper.verifier.scope.PointSelection.Ids;
import io.dipper.verifier.scope.PointSelection.Pareto;
import io.dipper.verifier.scope.VerifiedPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verification of small sweeps on the embedded model and its golden trace. */
class VerificationTest extends SmallSweeps {
  @Test
  void dense_livesExactlyAsTheModelWithoutMasks() {
    sweep(List.of("dense"), List.of("lfu", "lru", "belady", "none"), 0.4);
    VerificationResult result = run(request(new All()));
    assertThat(result.points()).hasSize(8);
    for (VerifiedPoint point : result.points()) {
      VerifiedRow row = point.row();
      assertThat(row.perplexities().perplexity()).isEqualTo(row.perplexities().perplexityDense());
      assertThat(row.perplexities().perplexity()).isEqualTo(result.dense().value());
      assertThat(point.loss()).isEqualTo(new Estimate(0, 0));
      assertThat(row.similarity().jaccardX()).isEqualTo(1);
      assertThat(row.similarity().jaccardH()).isEqualTo(1);
      assertThat(row.rates().liveHitRateX())
          .isEqualTo(row.rates().replayHitRateX())
          .isEqualTo(point.point().demand().hits().hitRateX());
      assertThat(row.rates().liveHitRateH())
          .isEqualTo(row.rates().replayHitRateH())
          .isEqualTo(point.point().demand().hits().hitRateH());
      assertThat(row.speeds().liveTokensPerSecond())
          .isEqualTo(row.speeds().replayTokensPerSecond())
          .isEqualTo(point.point().time().tokensPerSecond());
    }
    assertThat(result.liveRuns()).as("passes with masks").isZero();
  }

  @Test
  void densePerplexity_isThatOfTheRecordedRun() {
    ResultDirectory results = sweep(List.of("glu:keep=0.5"), List.of("lfu"), 0.5);
    VerificationResult result = run(request(new All()));
    Double recorded = results.points().get(0).quality().perplexityDense();
    float[] nll = TraceReader.open(TRACE).nll();
    double mean =
        IntStream.range(0, nll.length)
            .mapToDouble(i -> nll[i])
            .filter(v -> !Double.isNaN(v))
            .average()
            .orElseThrow();
    assertThat(result.dense().value()).isCloseTo(Math.exp(mean), within(1e-3 * Math.exp(mean)));
    assertThat(recorded).isEqualTo(result.dense().value());
    assertThat(result.protocol()).isEqualTo("disjoint-128");
  }

  @Test
  void pointsThatShareMasks_takeOnePass_andARepeatTakesNone() throws IOException {
    ResultDirectory results =
        sweep(List.of("dip:density=0.6", "dip-ca:density=0.6"), List.of("lfu", "lru"), 0.3, 0.5);
    VerificationResult first = run(request(new All()));
    assertThat(first.points()).hasSize(16);
    // One for DIP with its four caches, one for each of DIP-CA's four; devices share.
    assertThat(first.liveRuns()).isEqualTo(5);
    byte[] csv = Files.readAllBytes(folder.resolve("verify.csv"));
    VerificationResult again = run(request(new All()));
    assertThat(again.liveRuns()).isZero();
    assertThat(again.points()).isEqualTo(first.points());
    assertThat(folder.resolve("verify.csv")).hasBinaryContent(csv);
    for (PointRow point : results.points()) {
      assertThat(point.quality().perplexity()).isNotNull();
      assertThat(point.quality().perplexityProtocol()).isEqualTo("disjoint-128");
    }
    try (Stream<Path> files = Files.list(folder.resolve("live"))) {
      assertThat(files.map(f -> f.getFileName().toString())).allMatch(f -> f.endsWith(".live.gz"));
    }
  }

  @Test
  void threads_changeNothing() {
    sweep(List.of("dip-ca:density=0.5", "glu:keep=0.5"), List.of("lfu"), 0.5);
    VerificationResult two = run(request(new All()));
    deleteLiveRuns();
    VerificationResult one =
        run(VerificationRequest.of(folder, new All(), MODEL, TRACE, RuntimeOptions.withThreads(1)));
    assertThat(one).isEqualTo(two);
  }

  /** The dense side captured here instead of read from the trace: the same up to fp16 rounding. */
  @Test
  void tokensBeyondTheTrace_areComparedWithADenseRunMadeHere() throws IOException {
    sweep(List.of("dip:density=0.6"), List.of("lfu"), 0.5);
    int[] tokens = TraceReader.open(TRACE).tokenIds();
    VerifiedRow onTrace = run(request(new All())).points().get(0).row();
    Path ids = folder.resolve("more.ids.i32le");
    write(ids, concat(tokens, Arrays.copyOf(tokens, 128)));
    VerifiedRow onMore =
        run(request(new All()).on(new TokenSource.Ids(ids, Part.WHOLE), 512)).points().get(0).row();
    assertThat(onMore.perplexities().scoredTokens()).isEqualTo(4 * 127);
    assertThat(onMore.similarity().jaccardX())
        .isCloseTo(onTrace.similarity().jaccardX(), within(0.02));
    assertThat(onMore.rates().replayHitRateH())
        .isCloseTo(onTrace.rates().replayHitRateH(), within(0.02));
    write(ids, tokens);
    assertThat(run(request(new All()).on(new TokenSource.Ids(ids, Part.WHOLE), 384)).liveRuns())
        .isZero();
    assertThat(folder.resolve("live/dense.scratch")).doesNotExist();
  }

  private static int[] concat(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Test
  void pareto_leavesOutWhatIsBeatenOnItsDevice() {
    sweep(List.of("dip:density=0.6"), List.of("lfu", "none"), 0.5);
    VerificationResult result = run(request(new Pareto()));
    assertThat(result.points()).hasSize(2).allMatch(p -> p.row().name().cache().equals("lfu"));
  }

  @Test
  void anotherModel_isRefused() {
    sweep(List.of("dense"), List.of("lfu"), 0.5);
    Path other = SharedData.model("bookworm-3m");
    assertThatThrownBy(
            () ->
                run(
                    VerificationRequest.of(
                        folder, new All(), other, TRACE, RuntimeOptions.withThreads(1))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not the model that the trace was recorded from: SHA-256")
        .hasMessageContaining("want 8ff116fa3f01");
  }

  @Test
  void anUnknownPoint_isNamed() {
    sweep(List.of("dense"), List.of("lfu"), 0.5);
    assertThatThrownBy(() -> run(request(new Ids(List.of("zzz")))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no point 'zzz'");
  }

  @Test
  void tooFewTokens_areRefused() {
    sweep(List.of("dense"), List.of("lfu"), 0.5);
    assertThatThrownBy(() -> run(request(new All()).on(new TokenSource.Trace(), 100)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("100")
        .hasMessageContaining("128");
  }

  @Test
  void aFolderWithoutPoints_isRefused() {
    assertThatThrownBy(() -> run(request(new All())))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no points");
  }
}
