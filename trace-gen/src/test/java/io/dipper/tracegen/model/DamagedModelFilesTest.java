package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** A model file damaged anywhere opens, or is a one-line error of the user's. */
class DamagedModelFilesTest {
  private static final byte[] GGUF = read(SharedData.testdata("golden/gguf-types/all-types.gguf"));
  private static final byte[] SAFETENSORS =
      read(SharedData.testdata("golden/arch/phi3-f16/model.safetensors"));
  private static final byte[] CONFIG =
      read(SharedData.testdata("golden/arch/phi3-f16/config.json"));
  private static final Path SCRATCH = scratch();

  @Property(tries = 400)
  void gguf_withAFlippedHeaderByte_opensOrIsAUsersError(
      @ForAll @IntRange(max = 1500) int position, @ForAll @ByteRange(min = -128) byte value) {
    byte[] bytes = GGUF.clone();
    bytes[position] = value;
    assertOpensOrIsAUsersError(write("flipped.gguf", bytes));
  }

  @Property(tries = 200)
  void gguf_cutAnywhere_isAUsersError(@ForAll @IntRange(max = 33000) int length) {
    Path file = write("cut.gguf", Arrays.copyOf(GGUF, Math.min(length, GGUF.length - 33)));
    assertUsersError(() -> ModelFiles.summary(file));
  }

  @Property(tries = 400)
  void safetensors_withAFlippedHeaderByte_opensOrIsAUsersError(
      @ForAll @IntRange(max = 2167) int position, @ForAll @ByteRange(min = -128) byte value) {
    byte[] bytes = SAFETENSORS.clone();
    bytes[position] = value;
    Path file = write("model.safetensors", bytes);
    write("config.json", CONFIG);
    assertOpensOrIsAUsersError(file);
    assertOpensOrIsAUsersError(SCRATCH);
  }

  @Property(tries = 100)
  void safetensors_cutAnywhere_isAUsersError(@ForAll @IntRange(max = 100_000) int length) {
    byte[] bytes = Arrays.copyOf(SAFETENSORS, Math.min(length, SAFETENSORS.length - 1));
    Path file = write("cut.safetensors", bytes);
    assertUsersError(() -> ModelFiles.summary(file));
  }

  @Property(tries = 300)
  void config_withAFlippedByte_opensOrIsAUsersError(
      @ForAll @IntRange(max = 700) int position, @ForAll @ByteRange(min = 32) byte value) {
    byte[] bytes = CONFIG.clone();
    bytes[position] = value;
    write("config.json", bytes);
    write("model.safetensors", SAFETENSORS);
    assertOpensOrIsAUsersError(SCRATCH);
  }

  private static void assertOpensOrIsAUsersError(Path path) {
    try {
      ModelFiles.summary(path);
      ModelFiles.open(path).close();
    } catch (UserException e) {
      assertThat(e.getMessage()).doesNotContain("\n").startsWith(SCRATCH.toString());
    }
  }

  private static void assertUsersError(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(UserException.class).hasMessageNotContaining("\n");
  }

  private static Path write(String name, byte[] bytes) {
    try {
      // A new file each time: the old one may still be mapped.
      Path file = SCRATCH.resolve(name);
      Files.deleteIfExists(file);
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path scratch() {
    try {
      Path folder = Files.createTempDirectory("hostile");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void removeScratch() throws IOException {
    try (Stream<Path> files = Files.list(SCRATCH)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
