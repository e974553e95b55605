package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.study.point.AccessFile;
import io.dipper.hwsim.study.point.DensePair;
import io.dipper.hwsim.study.point.FastestWay;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.result.SensitivityRow;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.setting.Device;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.verdict.BandSentence;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.hwsim.time.timeline.TokenRange;
import io.dipper.proto.PointConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper simulate}: one point. */
@Command(
    name = "simulate",
    description = "Simulates one point: a policy, a cache and a memory on a device.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = SettingOptions.class,
    footer = {
      "",
      "Example:",
      "  dipper simulate --trace t.arrow --hardware apple-a18 --policy dip-ca:density=0.5 --cache-fraction 0.5",
      "  dipper simulate --shape llama-2-7b --quant q4_0 --policy dense --dram 100%% --hardware snapdragon-8-gen-3",
      "  dipper simulate --trace t.arrow --hardware snapdragon-8-gen-3 --policy dip:density=0.5 --dram 50%% --layout bundled --order co-activation --max-gap 16KiB",
      "  dipper simulate --trace t.arrow --hardware apple-a18 --policy dense --dram 60%% --timeline dense.pftrace --timeline-tokens 0..3"
    })
public final class SimulateCommand implements Runnable {
  /** The forms of the result. */
  enum Format {
    table,
    csv,
    json
  }

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;

  @Mixin private ModelOptions model;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORM",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description =
          "A CSV of where the time goes: a line per token and layer. Replaced if it is there.")
  private @Nullable Path ledger;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description =
          "A timeline of some tokens, to be opened in Perfetto (ui.perfetto.dev). Replaced if it is there.")
  private @Nullable Path timeline;

  @Option(
      names = "--timeline-tokens",
      paramLabel = "A..B",
      description =
          "The tokens of the timeline, counted from 0 over all sequences (default: the first "
              + RunFiles.DEFAULT_TOKENS
              + ").")
  private @Nullable String timelineTokens;

  @Mixin private AccessOptions accesses;

  @Option(
      names = "--tokens-out",
      paramLabel = "FILE",
      description =
          "A CSV of what each token asked for and took: a line per decoded token. Replaced if it is"
              + " there.")
  private @Nullable Path tokensOut;

  @Option(
      names = "--sensitivity",
      description =
          "Instead of the point, how much its speed changes with each number of the device, down and"
              + " up by a tenth, by one, or to half and double, over the first "
              + Simulation.SENSITIVITY_TOKENS
              + " tokens.")
  private boolean sensitivity;

  @Override
  public void run() {
    GivenSettings settings = GivenSettings.of(spec.commandLine().getParseResult());
    Device device = settings.get(PointSettings.HARDWARE);
    PrintWriter err = spec.commandLine().getErr();
    ProfileNotes.print(device.profile().getName(), device.resolved().warnings(), err);
    RunFiles files = files();
    Optional<AccessFile> log = accesses.file(files.isEmpty() && !sensitivity);
    checkFiles(settings);
    try (ShownProgress progress = run.progress()) {
      model.simulate(
          run.threads(),
          progress,
          simulation -> {
            FastestWay way = FastestWay.of(simulation, simulation.complete(settings.config()));
            PointConfig complete = way.config();
            if (sensitivity) {
              printSensitivity(simulation, complete, spec.commandLine().getOut());
              return;
            }
            ProfileNotes.print(complete.getPolicy().getName(), simulation.warnings(complete), err);
            SimulatedPoint point =
                log.map(file -> simulation.run(complete, file))
                    .orElseGet(() -> run(simulation, complete, files));
            List<VerdictRow> verdicts =
                format == Format.csv ? List.of() : verdicts(simulation, complete);
            List<String> layout = format == Format.table ? layout(simulation, way) : List.of();
            progress.close();
            print(point, verdicts, spec.commandLine().getOut());
            layout.forEach(spec.commandLine().getOut()::println);
          });
    }
  }

  private void printSensitivity(Simulation simulation, PointConfig config, PrintWriter out) {
    List<SensitivityRow> rows = simulation.sensitivities(List.of(simulation.plan(config)));
    switch (format) {
      case json -> out.println(RowJson.array(rows));
      case csv -> out.print(CsvText.of(SensitivityRow.class, rows));
      case table -> SensitivityTable.print(rows, out);
    }
  }

  private static SimulatedPoint run(Simulation simulation, PointConfig config, RunFiles files) {
    return files.isEmpty() ? simulation.run(config) : simulation.run(config, files);
  }

  private RunFiles files() {
    if (sensitivity && (ledger != null || timeline != null || tokensOut != null)) {
      throw new UserException(
          "--sensitivity runs the point many times; write its ledger, timeline or tokens by itself");
    }
    if (timelineTokens != null && timeline == null) {
      throw new UserException("--timeline-tokens says nothing without --timeline FILE; add it");
    }
    TokenRange tokens = timelineTokens == null ? null : TokenRange.parse(timelineTokens);
    return new RunFiles(ledger, timeline, tokens, tokensOut);
  }

  private void checkFiles(GivenSettings settings) {
    CommandFiles files =
        model
            .inputs(new CommandFiles())
            .writes("--ledger", ledger)
            .writes("--timeline", timeline)
            .writes("--tokens-out", tokensOut);
    settings.addInputs(files);
    accesses.outputs(files).check();
  }

  /** Of a mask, whether it is faster than dense over the ranges of the device; else none. */
  private static List<VerdictRow> verdicts(Simulation simulation, PointConfig config) {
    return simulation.verdicts(DensePair.of(simulation, config).stream().toList());
  }

  /** Which layout was chosen, or that another would be faster than the default. */
  private static List<String> layout(Simulation simulation, FastestWay way) {
    if (way.ways() > 1) {
      return List.of(
          "", "layout auto: " + way.describe() + ", the fastest of " + way.ways() + " ways");
    }
    return FastestWay.hint(simulation, way.config())
        .map(
            faster ->
                List.of(
                    "",
                    String.format(
                        Locale.ROOT,
                        "%s is faster by %.2f over the first tokens; --layout auto finds the best",
                        faster.options(),
                        faster.gain())))
        .orElse(List.of());
  }

  private void print(SimulatedPoint point, List<VerdictRow> verdicts, PrintWriter out) {
    switch (format) {
      case json -> out.println(point.json(verdicts));
      case csv -> out.print(CsvText.of(PointRow.class, List.of(point.row())));
      case table -> {
        PointTable.print(point, out);
        verdicts.forEach(
            verdict ->
                out.printf(
                    "%nagainst dense streaming, over the ranges of the device and the first %s"
                        + " tokens: %s%n",
                    Show.count(verdict.against().tokens()), BandSentence.of(verdict)));
      }
    }
  }
}
