package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.cli.console.Table;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.hwsim.study.quality.QualityFile;
import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.result.Version;
import io.dipper.hwsim.study.sweep.ExistingResults;
import io.dipper.hwsim.study.sweep.Sweep;
import io.dipper.hwsim.study.sweep.SweepSummary;
import io.dipper.hwsim.study.verdict.DeviceName;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.progress.Progress;
import io.dipper.tracegen.corpus.Corpus;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.tracegen.record.RecordingOptions;
import io.dipper.tracegen.record.TraceRecorder;
import io.dipper.verifier.Verification;
import io.dipper.verifier.VerificationRequest;
import io.dipper.verifier.VerificationResult;
import io.dipper.verifier.scope.PointSelection;
import io.dipper.verifier.scope.VerifiedPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code dipper demo}: the whole job on the embedded model. What it does can be done again by hand
 * with what it leaves in its folder: the model, the text, the trace, the sweep file.
 */
@Command(
    name = "demo",
    description = "Records, sweeps, calibrates, verifies and reports, on the embedded model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  dipper demo -o dipper-demo"})
public final class DemoCommand implements Runnable {
  /** How many live runs predict the perplexity of all points. */
  private static final int CALIBRATING_RUNS = 6;

  /** How many live runs a search for the best points may ask for. */
  private static final int LIVE_RUNS = 8;

  private static final String MODEL = "bookworm-3m-q8_0.gguf";
  private static final String TEXT = "bookworm-heldout.txt";
  private static final String SWEEP = "sweep.yaml";
  private static final int TOKENS = 4096;

  /** Losses of perplexity within which the fastest point of each device is looked for. */
  private static final List<Double> BUDGETS = List.of(1.0, 4.0);

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private WeightOptions weights;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "dipper-demo",
      paramLabel = "DIR",
      description = "Where everything goes; old results are replaced (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Override
  public void run() {
    try (ShownProgress progress = run.progress()) {
      refuseForeignResults();
      Path model = extract(MODEL);
      Path text = extract(TEXT);
      Sweep sweep = Sweep.read(extract(SWEEP));
      record(model, text, sweep.trace(), progress);
      SweepSummary swept = sweep.run(folder, ExistingResults.REPLACE, run.threads(), progress);
      VerificationResult dense = verify(densePoints(swept), model, sweep.trace(), progress);
      verify(new PointSelection.Calibration(CALIBRATING_RUNS), model, sweep.trace(), progress);
      VerificationResult found =
          verify(new PointSelection.Budget(BUDGETS, LIVE_RUNS), model, sweep.trace(), progress);
      Path report = HtmlReport.write(swept.results());
      progress.close();
      print(dense, found);
      VerdictText.print(
          SweptPoints.of(swept.results()), swept.results().verdicts(), spec.commandLine().getOut());
      printWhereAllIs(swept, report);
    }
  }

  /** What a demo wrote is replaced; what somebody else's sweep wrote is not. */
  private void refuseForeignResults() {
    if (new ResultDirectory(folder).hasPoints() && !Files.exists(folder.resolve(MODEL))) {
      throw UserException.in(folder, "holds results that are no demo's; name another directory");
    }
  }

  private Path extract(String name) {
    Path file = folder.resolve(name);
    try (InputStream in =
        Objects.requireNonNull(
            DemoCommand.class.getResourceAsStream("/io/dipper/cli/embedded/" + name), name)) {
      byte[] content = in.readAllBytes();
      Files.createDirectories(folder);
      if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
        AtomicFile.write(file, out -> out.write(content));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void record(Path model, Path text, Path trace, Progress progress) {
    RecordingOptions options =
        RecordingOptions.defaults("dipper " + Version.current())
            .withTokens(TOKENS)
            .withRuntime(weights.runtime(run.threads()));
    try (ModelFile file = ModelFiles.open(model)) {
      new TraceRecorder(options).record(file, Corpus.ofText(text, model), trace, progress);
    }
  }

  private static PointSelection densePoints(SweepSummary swept) {
    return new PointSelection.Ids(
        swept.points().stream().filter(row -> !row.isMasked()).map(PointRow::pointId).toList());
  }

  private VerificationResult verify(
      PointSelection points, Path model, Path trace, Progress progress) {
    return Verification.run(
        VerificationRequest.of(folder, points, model, trace, weights.runtime(run.threads())),
        progress);
  }

  private void print(VerificationResult dense, VerificationResult found) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "bookworm-3m with %s of DRAM: dense, and the fastest point of each device that loses at"
            + " most %s in perplexity (%s)%n%n",
        Show.bytes(dense.points().get(0).point().memory().dramBytes()),
        BUDGETS.stream().map(budget -> "+" + budget).collect(Collectors.joining(" or ")),
        found.protocol());
    Table table = VerifiedTable.table(false);
    for (VerifiedPoint point : dense.points()) {
      VerifiedTable.add(table, point);
      fastest(found, DeviceName.of(point.point()))
          .forEach(chosen -> VerifiedTable.add(table, chosen));
    }
    table.print(out);
    out.printf("%ngap: tokens/s of the replay above those of the live run%n");
  }

  private void printWhereAllIs(SweepSummary swept, Path report) {
    spec.commandLine()
        .getOut()
        .printf(
            "The perplexity of all %d points, predicted from %d live runs, and the report: %s%n",
            swept.points().size(),
            QualityFile.read(swept.results().quality()).getSamplesCount(),
            report);
  }

  /** The masked points that the search chose; where dense itself is the fastest, none. */
  private static List<VerifiedPoint> fastest(VerificationResult found, DeviceName device) {
    return found.budgets().stream()
        .filter(answer -> answer.device().equals(device.toString()))
        .flatMap(answer -> Optional.ofNullable(answer.fastest()).stream())
        .filter(fastest -> fastest.point().isMasked())
        .distinct()
        .toList();
  }
}
