package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.files.FolderLock;
import io.dipper.hwsim.study.result.LivePerplexity;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.study.result.VerifiedRow.Rates;
import io.dipper.hwsim.study.result.VerifiedRow.Similarity;
import io.dipper.hwsim.study.result.VerifiedRow.Speeds;
import io.dipper.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sweeps into a folder that holds results, or has a run in it: resumed, replaced, refused. */
final class ExistingResultsTest extends SmallGrid {
  @Test
  void interruptedSweep_resumesToTheSameBytes() throws IOException {
    Path whole = run("whole", 2);
    Path cut = folder.resolve("cut");
    Progress cable = cutAfter(3);
    assertThatThrownBy(() -> sweep.run(cut, ExistingResults.REFUSE, 1, cable))
        .hasMessage("the plug is pulled");
    Files.createDirectories(cut);
    // a kill leaves whole lines and, at worst, one that is cut off
    String lines = lines(whole, 5) + lines(whole, 6).split("\n")[5].substring(0, 100);
    Files.writeString(cut.resolve("points.partial"), lines);
    SweepSummary summary = sweep.run(cut, ExistingResults.RESUME, 2, Progress.SILENT);
    assertThat(summary.reused()).isEqualTo(5);
    assertSameFiles(cut, whole);
  }

  /** The first rows of a finished sweep, as an unfinished one keeps them. */
  private String lines(Path finished, int count) throws IOException {
    Path file = folder.resolve("lines");
    FinishedPoints.begin(file, results(finished).subList(0, count)).close();
    return Files.readString(file);
  }

  @Test
  void aPointWithoutItsMasks_isSimulatedAgain() throws IOException {
    Path whole = run("whole", 2);
    Path old = run("old", 2);
    Files.delete(old.resolve("groups.parquet"));
    Files.delete(old.resolve("groups.csv"));
    SweepSummary summary = sweep.run(old, ExistingResults.RESUME, 2, Progress.SILENT);
    assertThat(summary.reused()).isZero();
    assertSameFiles(old, whole);
  }

  private static Progress cutAfter(int steps) {
    AtomicInteger left = new AtomicInteger(steps);
    return new Progress() {
      @Override
      public void start(String task, String unit, long total) {}

      @Override
      public void advance(long done) {
        if (left.decrementAndGet() == 0) {
          throw new IllegalStateException("the plug is pulled");
        }
      }
    };
  }

  @Test
  void resume_ofAFinishedSweepRunsNothing() {
    Path out = run("out", 2);
    SweepSummary again = sweep.run(out, ExistingResults.RESUME, 2, Progress.SILENT);
    assertThat(again.reused()).isEqualTo(again.points().size());
  }

  @Test
  void existingResults_areNotOverwrittenUnasked() {
    Path out = run("out", 2);
    assertThatThrownBy(() -> sweep.run(out, ExistingResults.REFUSE, 2, Progress.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessage(
            out + ": holds results already; --resume goes on with them, or name another directory");
  }

  @Test
  void replace_forgetsWhatWasVerified() {
    Path out = run("out", 2);
    ResultDirectory results = new ResultDirectory(out);
    PointRow row = results.points().get(0);
    results.addVerified(
        List.of(
            new VerifiedRow(
                VerifiedRow.Name.of(row),
                new LivePerplexity(99, 98.0, "disjoint-128", 10),
                new Rates(null, null, null, null),
                new Similarity(null, null),
                new Speeds(null, null),
                VerifiedRow.Experts.NONE)));
    assertThat(results.points().get(0).quality().perplexity()).isEqualTo(99);
    sweep.run(out, ExistingResults.REPLACE, 2, Progress.SILENT);
    assertThat(results.verified()).isEmpty();
    assertThat(results.points()).contains(row);
  }

  @Test
  void secondSweepIntoTheSameDirectory_isRefused() {
    Path out = folder.resolve("out");
    try (FolderLock lock = FolderLock.of(out)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> sweep.run(out, ExistingResults.RESUME, 1, Progress.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(out + ": another run is writing here");
    }
    assertThat(sweep.run(out, ExistingResults.RESUME, 2, Progress.SILENT).reused()).isZero();
  }
}
