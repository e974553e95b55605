package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.files.AtomicFile;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.study.compare.ComparedProfile;
import io.dipper.hwsim.study.compare.Comparison;
import io.dipper.hwsim.study.compare.ComparisonRequest;
import io.dipper.hwsim.study.report.HtmlReport;
import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ExecutionRow.Conditions;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.hwsim.study.sweep.ExistingResults;
import io.dipper.hwsim.study.sweep.Sweep;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper compare}: a grid of points, for real. */
@Command(
    name = "compare",
    description = "Runs a grid of points for real on this machine, beside their simulation.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The grid is a sweep file. Round by round each point is executed once, as by",
      "dipper execute; weights are written once for all. Let nothing else run.",
      "",
      "Example:",
      "  dipper compare grid.yaml --trace t.arrow --file w.bin --tokens 64 -o compared",
      "  dipper compare grid.yaml --file w.bin -o compared --resume --write compared.yaml"
    })
public final class CompareCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ExecuteOptions options;

  @Parameters(paramLabel = "GRID", description = "The grid, a sweep file.")
  private Path grid = Path.of("");

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "The trace, instead of the one that the grid names.")
  private @Nullable Path trace;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "The weights, on the disk that is to be read; removed at the end.")
  private Path file = Path.of("");

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "Executions of each point (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where compare.csv, executions.csv, what a sweep writes, and report.html go.")
  private Path folder = Path.of("");

  @Option(
      names = "--resume",
      description = "Keeps the executions that are there already, and makes the others.")
  private boolean resume;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description =
          "A profile that extends the one of the grid's devices, and carries how far its speeds are"
              + " off: what is simulated on it gets an interval.")
  private @Nullable Path profile;

  @Mixin private ForceOption force;

  @Override
  public void run() {
    Sweep read = Sweep.read(grid);
    Sweep sweep = trace == null ? read : read.withTrace(trace);
    checkFiles(sweep);
    PrintWriter err = spec.commandLine().getErr();
    sweep.warnings().forEach((device, lines) -> ProfileNotes.print(device, lines, err));
    if (profile == null) {
      compare(sweep);
      return;
    }
    ComparedProfile written = ComparedProfile.of(sweep.devices(), profile);
    AtomicFile.write(
        profile,
        force.existing(),
        HardwareProfiles.KIND,
        to -> {
          String yaml = written.yaml(compare(sweep), SweptPoints.of(new ResultDirectory(folder)));
          to.write(yaml.getBytes(StandardCharsets.UTF_8));
        });
    spec.commandLine().getOut().println(profile);
  }

  private void checkFiles(Sweep sweep) {
    CommandFiles files = new CommandFiles().reads("GRID", grid).reads("--trace", sweep.trace());
    sweep.devices().forEach(device -> files.readsAll("GRID", device.resolved().files()));
    files.writes("--file", file).writes("--write", profile).check();
  }

  private List<ExecutedPointRow> compare(Sweep sweep) {
    Conditions conditions = new Conditions(options.tokens(), options.threads());
    ComparisonRequest request =
        new ComparisonRequest(
            file, ExecuteOptions.within("--rounds", rounds, 1), conditions, options.warmUp());
    ExistingResults existing = resume ? ExistingResults.RESUME : ExistingResults.REFUSE;
    ResultDirectory results = new ResultDirectory(folder);
    try (ShownProgress progress = options.progress()) {
      List<ExecutedPointRow> rows = Comparison.run(sweep, request, folder, existing, progress);
      Path report = HtmlReport.write(results);
      progress.close();
      PrintWriter out = spec.commandLine().getOut();
      ComparisonTable.print(rows, SweptPoints.of(results), results.executions(), rounds, out);
      VerdictText.printSkipped(results.skipped(), folder.resolve("skipped.csv"), out);
      out.printf("%s%n%s%n", folder.resolve("compare.csv"), report);
      return rows;
    }
  }
}
