package io.dipper.tracegen.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.model.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * GGUF files made of the named models, opened.
 *
 * @param folder that they are written to
 */
public record GgufFiles(Path folder) {
  /** A writer of a named model, to which more can be added. */
  public static GgufWriter model(String name) {
    return NamedGguf.named(name).writer();
  }

  /** A writer of a named model without one of its keys. */
  public static GgufWriter without(String name, String key) {
    return NamedGguf.named(name).writer(present -> !present.equals(key));
  }

  /** The configuration of a file that is opened. */
  public ModelConfig open(GgufWriter writer) {
    try (ModelFile model = ModelFiles.open(write(writer))) {
      return model.config();
    }
  }

  /** Asserts that a file is refused in one line that says why. */
  public void assertRefused(GgufWriter writer, String why) {
    Path file = write(writer);
    assertThatThrownBy(() -> ModelFiles.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  private Path write(GgufWriter writer) {
    try {
      return Files.write(Files.createTempFile(folder, "model", ".gguf"), writer.bytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
