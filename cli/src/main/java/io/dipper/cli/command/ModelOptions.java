package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.NamedShape;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.progress.Progress;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what runs: a trace, or a known shape without one, stored in which bits. */
final class ModelOptions {
  /** One of two. */
  static final class Source {
    @Option(
        names = "--trace",
        order = SettingOptions.SOURCE_ORDER,
        paramLabel = "FILE",
        description = "The trace.")
    private @Nullable Path trace;

    @Option(
        names = "--shape",
        order = SettingOptions.SOURCE_ORDER,
        completionCandidates = KnownNames.OfShapes.class,
        paramLabel = "NAME",
        description =
            "Without a trace: the shape of a known model (dipper models shapes), or of a file.yaml"
                + " with the keys of one.")
    private @Nullable String shape;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private QuantOption quant;

  @Option(
      names = "--tokens",
      order = SettingOptions.SOURCE_ORDER,
      paramLabel = "N",
      description =
          "Tokens that a run without a trace generates (default: "
              + ShapeRecording.DEFAULT_TOKENS
              + ").")
  private @Nullable Integer tokens;

  /** Adds what is read. */
  CommandFiles inputs(CommandFiles files) {
    return files
        .reads("--trace", source.trace)
        .reads("--shape", isShapeFile() ? Path.of(shapeName()) : null);
  }

  /** Opens the trace where there is one, and hands on the simulation. */
  void simulate(int threads, Progress progress, Consumer<Simulation> use) {
    if (source.shape != null) {
      int generated = tokens == null ? ShapeRecording.DEFAULT_TOKENS : tokens;
      ShapeRecording run = new ShapeRecording(shape(), generated);
      use.accept(quant.stored(Simulation.of(run, threads, progress)));
      return;
    }
    if (tokens != null) {
      throw new UserException("--tokens is for a run without a trace; a trace has its own");
    }
    Path trace = Objects.requireNonNull(source.trace);
    try (TraceReader reader = TraceReader.open(trace)) {
      use.accept(quant.stored(Simulation.of(trace, reader, threads, progress)));
    }
  }

  private String shapeName() {
    return source.shape == null ? "" : source.shape;
  }

  private boolean isShapeFile() {
    return ModelShapes.isFile(shapeName());
  }

  private NamedShape shape() {
    return isShapeFile() ? ModelShapes.read(Path.of(shapeName())) : ModelShapes.find(shapeName());
  }
}
