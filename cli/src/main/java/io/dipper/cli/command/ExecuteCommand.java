package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.profile.fit.Quantities;
import io.dipper.hwsim.study.compare.ComparedRow;
import io.dipper.hwsim.study.compare.PointComparison;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.hwsim.study.point.TraceInfo;
import io.dipper.hwsim.study.setting.Device;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.time.timeline.RunFiles;
import io.dipper.progress.Progress;
import io.dipper.proto.Flash;
import io.dipper.proto.PointConfig;
import io.dipper.trace.Recording;
import io.dipper.trace.TraceReader;
import io.dipper.tracegen.model.ModelFiles;
import io.dipper.verifier.execute.LiveExecution;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dipper execute}: one point, for real. */
@Command(
    name = "execute",
    description = "Runs one point for real on this machine, beside its simulation.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = SettingOptions.class,
    footer = {
      "",
      "Weights of the model's sizes are made up and written into a file, which is",
      "read around the system's cache (O_DIRECT) and removed at the end. The profile",
      "is that of this machine: dipper hardware measure. Let nothing else run.",
      "With --model the model runs on the trace's tokens, or on a text, and its",
      "perplexity is printed; masks are then its own, not the recorded ones.",
      "",
      "Example:",
      "  dipper execute --trace t.arrow --hardware mine.yaml --file w.bin --quant q4_0 --policy"
          + " dip:density=0.5 --dram 60%%",
      "  dipper execute --trace t.arrow --quant q8_0 --tokens 64 --hardware mine.yaml --file w.bin"
          + " --keep --policy dense --dram 60%% --stream-static --ledger l.csv",
      "  dipper execute --trace qwen.arrow --hardware mine.yaml --file w.bin --policy router --cache"
          + " lru --cache-size 4GB",
      "  dipper execute --text wiki.txt --model m.gguf --quant f32 --tokens 256 --hardware mine.yaml"
          + " --file w.bin --policy dip:density=0.5 --dram 40%% --stream-static"
    })
public final class ExecuteCommand implements Runnable {
  /** The forms of the result. */
  enum Format {
    table,
    csv
  }

  @Spec private CommandSpec spec;
  @Mixin private ExecuteOptions options;

  @Option(
      names = "--trace",
      order = SettingOptions.SOURCE_ORDER,
      paramLabel = "FILE",
      description = "The trace.")
  private @Nullable Path trace;

  @ArgGroup private @Nullable TextOptions text;

  @Mixin private QuantOption quant;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = {
        "Run this model, which the trace must be of: its own weights are written, in the type that"
            + " --quant says, and it makes the activations. In place of a trace it takes a text, of"
            + " which a trace is made first: --tokens, or one sequence.",
        "Without it weights and activations are made up."
      })
  private @Nullable Path model;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "The weights, on the disk that is to be read.")
  private Path file = Path.of("");

  @Option(names = "--keep", description = "Leave the weights there; the next run writes over them.")
  private boolean keep;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description =
          "Reads in flight, of the simulated device too (default: as many as the profile says).")
  private @Nullable Integer lanes;

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
          "A CSV of where the executed time goes: a line per token and layer. Replaced if it is"
              + " there.")
  private @Nullable Path ledger;

  @Override
  public void run() {
    checkSource();
    GivenSettings settings = GivenSettings.of(spec.commandLine().getParseResult());
    Device device = settings.get(PointSettings.HARDWARE);
    ProfileNotes.print(
        device.profile().getName(), device.resolved().warnings(), spec.commandLine().getErr());
    CommandFiles files =
        new CommandFiles()
            .reads("--trace", trace)
            .readsAll("--model", model == null ? List.of() : ModelFiles.files(model))
            .writes("--file", file)
            .writes("--ledger", ledger);
    if (text != null) {
      text.inputs(files);
    }
    settings.addInputs(files);
    files.check();
    try (ShownProgress progress = options.progress()) {
      if (trace != null) {
        run(trace, settings, progress);
      } else if (model != null && text != null) {
        int tokens = options.tokens();
        try (TemporaryTrace made =
            TemporaryTrace.record(model, text, tokens, options.threads(), file, progress)) {
          run(made.path(), settings, progress);
        }
      }
    }
  }

  private void checkSource() {
    if ((trace == null) == (text == null)) {
      throw new ParameterException(
          spec.commandLine(), "give one of --trace, --text and --ids: what is executed");
    }
    if (text != null && model == null) {
      throw new ParameterException(
          spec.commandLine(), "a text is run by a model: give --model too, or a --trace");
    }
  }

  private void run(Path trace, GivenSettings settings, ShownProgress progress) {
    try (TraceReader reader = TraceReader.open(trace)) {
      Recording recording = options.first(reader);
      Simulation simulation =
          quant.stored(
              new Simulation(
                  recording, TraceInfo.of(trace, reader), options.threads(), Progress.SILENT));
      PointConfig config = config(settings, simulation);
      RunFiles written = new RunFiles(ledger, null, null);
      List<ComparedRow> rows;
      if (model == null) {
        rows =
            ComparedRow.of(
                PointComparison.of(
                    simulation, recording, config, request(config), written, progress));
      } else {
        LiveExecution.Source source = new LiveExecution.Source(model, trace, reader, recording);
        LiveExecution live =
            LiveExecution.run(source, simulation, config, request(config), written, progress);
        rows = new ArrayList<>(ComparedRow.of(live.comparison()));
        rows.add(ComparedRow.perplexity(live.perplexity().value()));
      }
      progress.close();
      print(rows, spec.commandLine().getOut());
    }
  }

  private void print(List<ComparedRow> rows, PrintWriter out) {
    switch (format) {
      case csv -> out.print(CsvText.of(ComparedRow.class, rows));
      case table -> ComparedTable.print(rows, out);
    }
  }

  private PointConfig config(GivenSettings settings, Simulation simulation) {
    PointConfig.Builder config = settings.config().toBuilder();
    if (lanes != null) {
      config
          .getHardwareBuilder()
          .getFlashBuilder()
          .setQueueDepth(Quantities.assumed(ExecuteOptions.within("--lanes", lanes, 1), "--lanes"));
    }
    return simulation.complete(config.build());
  }

  private ExecutionRequest request(PointConfig config) {
    Flash flash = config.getHardware().getFlash();
    return new ExecutionRequest(
        file, keep, options.threads(), ExecutionRequest.lanes(flash), options.warmUp());
  }
}
