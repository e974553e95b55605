package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.sweep.ExistingResults;
import io.dipper.hwsim.study.sweep.Sweep;
import io.dipper.hwsim.study.sweep.SweepSummary;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.proto.PointConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper sweep}: a grid of points. */
@Command(
    name = "sweep",
    description = "Simulates a grid of points over one trace.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  dipper sweep sweep.yaml --trace t.arrow -o results",
      "  dipper sweep more.yaml --quality results/quality.json -o more-results"
    })
public final class SweepCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private EngineOptions engine;

  @Parameters(paramLabel = "SWEEP", description = "The grid, a YAML file.")
  private Path file;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "The trace, instead of the one that the file names.")
  private @Nullable Path trace;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description =
          "Where points and groups (.parquet and .csv), the resolved sweep and report.html go.")
  private Path folder;

  @Option(
      names = "--quality",
      paramLabel = "FILE",
      description =
          "A quality.json of the same model, to predict perplexities by (default: the one in DIR,"
              + " if any).")
  private @Nullable Path quality;

  @Option(
      names = "--resume",
      description = "Keeps the points that are there already, and runs the others.")
  private boolean resume;

  @Override
  public void run() {
    Sweep read = Sweep.read(file);
    Sweep traced = trace == null ? read : read.withTrace(trace);
    Sweep sweep = quality == null ? traced : traced.withQuality(quality);
    PrintWriter err = spec.commandLine().getErr();
    sweep.warnings().forEach((device, lines) -> ProfileNotes.print(device, lines, err));
    try (ShownProgress progress = run.progress()) {
      ExistingResults existing = resume ? ExistingResults.RESUME : ExistingResults.REFUSE;
      SweepSummary summary = sweep.run(folder, existing, run.threads(), progress, engine.engine());
      Path report = HtmlReport.write(summary.results());
      progress.close();
      print(summary, report, spec.commandLine().getOut());
    }
  }

  private void print(SweepSummary summary, Path report, PrintWriter out) {
    AssumedNote.print(summary.points(), out);
    out.print(Show.count(summary.points().size()) + " points");
    if (summary.reused() > 0) {
      out.print(", " + Show.count(summary.reused()) + " of them from before");
    }
    out.println();
    Map<String, PointConfig> configs = summary.results().configs();
    summary.points().stream()
        .map(point -> configs.get(point.pointId()))
        .filter(Objects::nonNull)
        .map(config -> DefaultBits.describe(config.getBits()))
        .distinct()
        .forEach(bits -> out.println("bits: " + bits));
    SweptPoints sweep = SweptPoints.of(summary.results());
    VerdictText.printEqualCaches(sweep, out);
    VerdictText.printColdMasks(sweep, out);
    VerdictText.printSkipped(summary.skipped(), folder.resolve("skipped.csv"), out);
    VerdictText.print(sweep, summary.results().verdicts(), out);
    out.printf("%s%n%s%n", folder.resolve("points.csv"), report);
  }
}
