package io.dipper.tracegen.model;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.MappedFile;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.ModelSummary;
import io.dipper.tracegen.format.gguf.GgufFile;
import io.dipper.tracegen.format.gguf.GgufModel;
import io.dipper.tracegen.format.gguf.GgufSummary;
import io.dipper.tracegen.format.safetensors.HuggingFaceModel;
import io.dipper.tracegen.format.safetensors.SafetensorsSummary;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a model, whichever format it is in. */
public final class ModelFiles {
  private static final String EXPECTED =
      "expected a GGUF file or a directory with config.json and safetensors";

  private ModelFiles() {}

  /**
   * Opens a GGUF file or a Hugging Face directory. Weights are mapped, not read.
   *
   * @throws UserException that says what was found instead
   */
  public static ModelFile open(Path path) {
    if (Files.isDirectory(path)) {
      requireConfig(path);
      return HuggingFaceModel.open(path);
    }
    if (isSafetensors(path)) {
      throw UserException.in(path, "is one file of weights, " + EXPECTED);
    }
    return GgufModel.open(GgufFile.open(gguf(path)));
  }

  /**
   * Describes a GGUF file, a safetensors file or a Hugging Face directory, from headers only. A
   * file that is well formed but no model that can be run is described too.
   *
   * @throws UserException if it is none of them, or damaged
   */
  public static ModelSummary summary(Path path) {
    if (Files.isDirectory(path)) {
      requireConfig(path);
      return SafetensorsSummary.ofDirectory(path);
    }
    if (isSafetensors(path)) {
      return SafetensorsSummary.ofFile(MappedFile.open(path));
    }
    return GgufSummary.of(gguf(path));
  }

  private static void requireConfig(Path directory) {
    if (!Files.exists(directory.resolve("config.json"))) {
      throw UserException.in(directory, "is a directory without config.json, " + EXPECTED);
    }
  }

  private static boolean isSafetensors(Path path) {
    return path.toString().endsWith(".safetensors");
  }

  private static MappedFile gguf(Path path) {
    MappedFile file = MappedFile.open(path);
    if (!GgufFile.isGguf(file)) {
      throw UserException.in(path, "does not begin with GGUF, " + EXPECTED);
    }
    return file;
  }
}
