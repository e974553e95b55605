package io.dipper.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.PredictionRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.proto.Quality;
import io.dipper.testing.OnOneJdk;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.corpus.Part;
import io.dipper.verifier.budget.BudgetAnswer;
import io.dipper.verifier.calibrate.HalvesCheck;
import io.dipper.verifier.candidate.Candidate;
import io.dipper.verifier.candidate.Candidates;
import io.dipper.verifier.scope.PointSelection.All;
import io.dipper.verifier.scope.PointSelection.Budget;
import io.dipper.verifier.scope.PointSelection.Calibration;
import io.dipper.verifier.scope.VerifiedPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calibrations, and searches within a budget, on small sweeps. */
@OnOneJdk
class QualityRunsTest extends SmallSweeps {
  @Test
  void budget_findsWhatVerifyingEverythingFinds_withFewerRuns() {
    sweep(
        List.of(
            "dip:density=0.4",
            "dip:density=0.5",
            "dip:density=0.6",
            "dip:density=0.7",
            "dip:density=0.8",
            "dip-ca:density=0.5",
            "dip-ca:density=0.6",
            "dip-ca:density=0.7",
            "dip-ca:density=0.8",
            "dip-ca:density=0.9"),
        List.of("lfu"),
        0.3,
        0.5);
    VerificationResult searched = run(request(new Budget(List.of(3.0, 0.0), 15)));
    assertThat(searched.liveRuns()).isLessThan(15);
    VerificationResult everything = run(request(new All()));
    assertThat(searched.liveRuns() + everything.liveRuns()).isEqualTo(15);
    for (BudgetAnswer answer : searched.budgets()) {
      List<VerifiedPoint> within =
          everything.points().stream()
              .filter(p -> answer.device().startsWith(p.row().name().hardware() + " "))
              .filter(
                  p ->
                      p.row().perplexities().perplexity()
                          <= everything.dense().value() + answer.budget())
              .toList();
      assertThat(answer.fastest())
          .isEqualTo(
              within.stream()
                  .max(Comparator.comparingDouble(p -> p.point().time().tokensPerSecond()))
                  .orElse(null));
      if (answer.smallest() != null) {
        List<Candidate> candidates =
            within.stream().map(p -> Candidates.of(p.point(), "")).toList();
        Candidate best = candidates.stream().min(Candidate.SMALLEST).orElseThrow();
        Candidate smallest = Candidates.of(answer.smallest().point(), "");
        assertThat(smallest.memorySteps()).isEqualTo(best.memorySteps());
        // A per cent more speed is not worth a live run.
        assertThat(smallest.tokensPerSecond()).isGreaterThan(0.99 * best.tokensPerSecond());
      }
    }
    assertThat(searched.budgets()).hasSize(4).anyMatch(a -> a.fastest() != null);
  }

  @Test
  void calibration_predictsEveryPoint_andIsReused() {
    sweep(
        List.of(
            "dense",
            "dip:density=0.4",
            "dip:density=0.6",
            "dip:density=0.8",
            "glu:keep=0.5",
            "gate:keep=0.5",
            "gate:keep=0.7"),
        List.of("lfu"),
        0.5);
    VerificationResult result = run(request(new Calibration(4)));
    assertThat(result.liveRuns()).isEqualTo(4);
    ResultDirectory results = new ResultDirectory(folder);
    Quality quality = QualityFile.read(results.quality());
    assertThat(quality.getSamplesList()).hasSize(4);
    assertThat(results.predictions()).hasSize(4).allMatch(PredictionRow::fitted);
    for (PointRow point : results.points()) {
      if (point.policy().equals("dense")) {
        assertThat(point.quality().perplexityPredicted()).isNull();
      } else {
        assertThat(point.quality().perplexityPredicted())
            .isBetween(point.quality().perplexityLow(), point.quality().perplexityHigh());
      }
    }
    run(request(new All()));
    assertThat(results.predictions()).hasSize(6).filteredOn(r -> !r.fitted()).hasSize(2);
    assertThat(QualityFile.read(results.quality())).isEqualTo(quality);
  }

  @Test
  void halvesOfAText_areCalibratedAndTestedApart_withoutARun() throws IOException {
    sweep(
        List.of(
            "dip:density=0.4",
            "dip:density=0.5",
            "dip:density=0.6",
            "dip:density=0.7",
            "glu:keep=0.3",
            "glu:keep=0.5"),
        List.of("lfu"),
        0.5);
    int[] tokens = TraceReader.open(TRACE).tokenIds();
    Path ids = folder.resolve("half.ids.i32le");
    write(ids, IntStream.concat(Arrays.stream(tokens), Arrays.stream(tokens)).toArray());
    VerificationRequest all =
        request(new All()).on(new TokenSource.Ids(ids, Part.WHOLE), Integer.MAX_VALUE);
    assertThatThrownBy(() -> Verification.halves(all, 5, 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("(6); run 'dipper verify --points all'");
    run(all);
    List<HalvesCheck> checks = Verification.halves(all, 5, 3);
    assertThat(checks).hasSize(5).allMatch(check -> check.predicted().points() == 3);
    assertThat(Set.copyOf(checks)).as("halves differ").hasSizeGreaterThan(1);
    assertThat(Verification.halves(all, 5, 3)).isEqualTo(checks);
    assertThat(new ResultDirectory(folder).quality()).doesNotExist();
    assertThatThrownBy(() -> Verification.halves(request(new All()), 5, 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not run live");
  }
}
