package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.files.CommandFiles;
import io.dipper.files.FileKind;
import io.dipper.files.MappedFile;
import io.dipper.tracegen.format.gguf.Pruning;
import io.dipper.tracegen.format.gguf.Requantisation;
import io.dipper.tracegen.format.quant.TensorType;
import io.dipper.tracegen.model.ModelFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper quantise}: a model whose weights are fewer bits, or zeros, for good. */
@Command(
    name = "quantise",
    description =
        "Writes a model with its layers in another type, or pruned: what masks compete with.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  dipper quantise --model model.gguf --type q3_k -o model-q3_k.gguf"
    })
public final class QuantiseCommand implements Runnable {
  private static final FileKind GGUF =
      new FileKind(
          "a GGUF file", in -> Arrays.equals(in.readNBytes(4), new byte[] {'G', 'G', 'U', 'F'}));

  @Spec private CommandSpec spec;
  @Mixin private RunOptions run;
  @Mixin private ForceOption force;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A GGUF file, best with 8 bits or more.")
  private Path model;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "The type of attention and feed-forward matrices: f16, q8_0, q4_0, q4_k, q3_k or q2_k"
              + " (default: the one that each has).")
  private @Nullable String type;

  @Option(
      names = "--prune",
      paramLabel = "HOW",
      description =
          "Zeros in feed-forward matrices: magnitude:SHARE, the smallest of each matrix, or N:M,"
              + " e.g. 2:4, all but the N largest of each M along the input.")
  private @Nullable String prune;

  @Option(
      names = "-o",
      required = true,
      paramLabel = "FILE",
      description = "The GGUF file to write.")
  private Path output;

  @Override
  public void run() {
    if (type == null && prune == null) {
      throw new UserException("quantise: to what? Give --type, --prune or both");
    }
    new CommandFiles().readsAll("--model", ModelFiles.files(model)).writes("-o", output).check();
    Pruning pruning = prune == null ? new Pruning.None() : Pruning.parse(prune);
    Requantisation work =
        new Requantisation(
            Requantisation.open(MappedFile.open(model)), type == null ? null : type(type), pruning);
    try (ShownProgress progress = run.progress()) {
      progress.start("quantising", "weights", work.weights());
      AtomicFile.write(output, force.existing(), GGUF, out -> work.write(out, progress::advance));
    }
    spec.commandLine().getOut().println(output);
  }

  private static TensorType type(String name) {
    List<TensorType> written =
        Arrays.stream(TensorType.values()).filter(type -> type.encoder().isPresent()).toList();
    return written.stream()
        .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--type "
                        + name
                        + ": is not written; use one of "
                        + written.stream()
                            .map(type -> type.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }
}
