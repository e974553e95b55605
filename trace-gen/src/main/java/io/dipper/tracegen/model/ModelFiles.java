package io.dipper.tracegen.model;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.MappedFile;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.gguf.GgufFile;
import io.dipper.tracegen.format.gguf.GgufModel;
import io.dipper.tracegen.format.safetensors.HuggingFaceModel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a model, whichever format it is in. */
public final class ModelFiles {
  private static final String EXPECTED =
      "expected a GGUF file or a directory with config.json and safetensors";

  private ModelFiles() {}

  /**
   * Opens a GGUF file or a Hugging Face directory.
   *
   * @throws UserException that says what was found instead
   */
  public static ModelFile open(Path path) {
    if (Files.isDirectory(path)) {
      if (!Files.exists(path.resolve("config.json"))) {
        throw UserException.in(path, "is a directory without config.json, " + EXPECTED);
      }
      return HuggingFaceModel.open(path);
    }
    MappedFile file = MappedFile.open(path);
    if (!GgufFile.isGguf(file)) {
      throw UserException.in(path, "does not begin with GGUF, " + EXPECTED);
    }
    return GgufModel.open(GgufFile.open(file));
  }
}
