package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.study.point.Simulation;
import io.dipper.progress.Progress;
import io.dipper.proto.PointConfig;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what runs: a trace, or a known shape without one, stored in which bits. */
final class ModelOptions {
  /** One of two. */
  static final class Source {
    @Option(names = "--trace", paramLabel = "FILE", description = "The trace.")
    private @Nullable Path trace;

    @Option(
        names = "--shape",
        completionCandidates = KnownNames.OfShapes.class,
        paramLabel = "NAME",
        description = "Without a trace: the shape of a known model (dipper models shapes).")
    private @Nullable String shape;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--quant",
      completionCandidates = KnownNames.OfQuants.class,
      paramLabel = "NAME",
      description =
          "The bits per weight of a quantisation, instead of the model file's (dipper models"
              + " quants).")
  private @Nullable String quant;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description =
          "Tokens that a run without a trace generates (default: "
              + ShapeRecording.DEFAULT_TOKENS
              + ").")
  private @Nullable Integer tokens;

  @Option(
      names = "--prompt",
      paramLabel = "N",
      defaultValue = "0",
      description = "Tokens of the prompt before them (default: none).")
  private int prompt;

  @Option(
      names = "--context",
      paramLabel = "N",
      description =
          "Tokens that the KV cache has grown to at the end (default: the trace's blocks, or prompt"
              + " and tokens).")
  private @Nullable Integer context;

  /** Adds what is read. */
  CommandFiles inputs(CommandFiles files) {
    return files.reads("--trace", source.trace);
  }

  /** Sets what the options say of lengths. */
  void setLengths(PointConfig.Builder config) {
    if (prompt < 0) {
      throw new UserException("--prompt " + prompt + ": must not be negative");
    }
    config.setPromptLength(prompt);
    if (context != null) {
      if (context < 1) {
        throw new UserException("--context " + context + ": must be at least 1");
      }
      config.setBlockLength(context);
    }
  }

  /** Opens the trace where there is one, and hands on the simulation. */
  void simulate(int threads, Progress progress, Consumer<Simulation> use) {
    if (source.shape != null) {
      int generated = tokens == null ? ShapeRecording.DEFAULT_TOKENS : tokens;
      ShapeRecording run = new ShapeRecording(ModelShapes.find(source.shape), generated);
      use.accept(stored(Simulation.of(run, threads, progress)));
      return;
    }
    if (tokens != null) {
      throw new UserException("--tokens is for a run without a trace; a trace has its own");
    }
    Path trace = Objects.requireNonNull(source.trace);
    try (TraceReader reader = TraceReader.open(trace)) {
      use.accept(stored(Simulation.of(trace, reader, threads, progress)));
    }
  }

  private Simulation stored(Simulation simulation) {
    return quant == null ? simulation : simulation.quantised(Quantisations.find(quant));
  }
}
