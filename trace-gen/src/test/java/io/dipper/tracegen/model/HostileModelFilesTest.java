package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.testing.GgufWriter;
import io.dipper.tracegen.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and malicious files are a one-line error of the user's, never anything else. */
class HostileModelFilesTest {
  @TempDir private Path scratch;

  static Stream<Arguments> brokenGguf() {
    return Stream.of(
        broken("huge counts", "more than the file can hold", header(1L << 40, 0)),
        broken("negative counts", "more than the file can hold", header(0, -1)),
        broken("version 1", "version 1", little(64).putInt(0x46554747).putInt(1)),
        broken(
            "absurd text length",
            "bytes of text",
            new GgufWriter().raw("key", 8, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127}).bytes()),
        broken(
            "unknown value type",
            "value of type 77",
            new GgufWriter().raw("key", 77, new byte[8]).bytes()),
        broken(
            "deep nesting", "nested deeper", new GgufWriter().raw("key", 9, nested(2000)).bytes()),
        broken("a key twice", "twice", new GgufWriter().uint32("key", 1).uint32("key", 2).bytes()),
        broken(
            "negative dimension",
            "dimension of -4",
            new GgufWriter().tensor("t", 0, new byte[16], -4).bytes()),
        broken(
            "overflowing dimensions",
            "more than the file holds",
            new GgufWriter().tensor("t", 0, new byte[16], 1L << 32, 1L << 32).bytes()),
        broken(
            "five dimensions",
            "has 5 dimensions",
            new GgufWriter().tensor("t", 0, new byte[4], 1, 1, 1, 1, 1).bytes()),
        broken(
            "a row of half a block",
            "multiple of Q8_0's 32",
            new GgufWriter().tensor("t", 8, new byte[34], 16).bytes()),
        broken(
            "a tensor beyond the end",
            "beyond the end",
            new GgufWriter().tensor("t", 0, new byte[16], 400).bytes()),
        broken(
            "alignment 0",
            "general.alignment is 0",
            new GgufWriter().uint32("general.alignment", 0).bytes()),
        broken(
            "tensors that overlap",
            "tensor u begins at offset 0, expected 32, where the one before it ends",
            new GgufWriter()
                .tensor("t", 0, new byte[16], 4)
                .tensor("u", 0, new byte[16], 4)
                .offset("u", 0)
                .bytes()),
        broken(
            "a hole between tensors",
            "tensor u begins at offset 64, expected 32, where the one before it ends",
            new GgufWriter()
                .tensor("t", 0, new byte[16], 4)
                .tensor("u", 0, new byte[16], 4)
                .tensor("v", 0, new byte[64], 16)
                .offset("u", 64)
                .bytes()),
        broken(
            "a tensor twice",
            "twice",
            new GgufWriter()
                .tensor("t", 0, new byte[16], 4)
                .tensor("t", 0, new byte[16], 4)
                .bytes()),
        broken("no magic", "does not begin with GGUF", new byte[100]),
        broken("empty", "does not begin with GGUF", new byte[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenGguf")
  void brokenGguf_isExplained(String what, String why, byte[] bytes) {
    Path file = write("broken.gguf", bytes);
    assertThatThrownBy(() -> ModelFiles.summary(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  /** Two tensors of four bytes each, and where the header says that they lie. */
  static Stream<Arguments> brokenSafetensors() {
    return Stream.of(
        broken(
            "overlap",
            "b begins at byte 0 of the data, expected 4, where a ends: tensors overlap",
            safetensors("0,4", "0,4", 8)),
        broken(
            "half an overlap",
            "b begins at byte 2 of the data, expected 4",
            safetensors("0,4", "2,6", 6)),
        broken(
            "hole",
            "b begins at byte 6 of the data, expected 4, where a ends: tensors leave a hole",
            safetensors("0,4", "6,10", 10)),
        broken(
            "hole at the start",
            "a begins at byte 2 of the data, expected 0, where the header ends",
            safetensors("2,6", "6,10", 10)),
        broken(
            "bytes left over", "has 3 bytes behind its last tensor", safetensors("0,4", "4,8", 11)),
        broken(
            "a name twice",
            "header has a name twice",
            safetensors(
                "0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4", "4,8", 8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSafetensors")
  void brokenSafetensors_isExplained(String what, String why, byte[] bytes) {
    Path file = write("broken.safetensors", bytes);
    assertThatThrownBy(() -> ModelFiles.summary(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("_")
        .hasMessageNotContaining("\n");
  }

  @Test
  void safetensorsInAnyOrder_withoutHoles_areRead() {
    Path file = write("fine.safetensors", safetensors("4,8", "0,4", 8));
    assertThat(ModelFiles.summary(file).tensors()).hasSize(2);
  }

  private static byte[] safetensors(String first, String second, int dataBytes) {
    String tensor = "\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%s]}";
    String json = "{" + tensor.formatted("a", first) + "," + tensor.formatted("b", second) + "}";
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = little(8 + header.length + dataBytes);
    return file.putLong(header.length).put(header).array();
  }

  @Test
  void unknownArchitecture_isNamedWithTheSupportedOnes() {
    Path file = write("mamba.gguf", new GgufWriter().text("general.architecture", "mamba").bytes());
    assertThatThrownBy(() -> ModelFiles.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "architecture mamba is not supported; supported: llama, phi3, qwen2, qwen3, qwen3moe, olmoe, gemma3");
  }

  @Test
  void nestedArrays_areRead() {
    byte[] bytes = new GgufWriter().nested("key", new int[][] {{1, 2}, {}, {-3}}).bytes();
    assertThat(ModelFiles.summary(write("nested.gguf", bytes)).metadata().get(0).value())
        .isEqualTo("[[1, 2], [], [-3]]");
  }

  @Test
  void otherPaths_areExplained(@TempDir Path empty) {
    assertUsersError(() -> ModelFiles.open(empty.resolve("absent.gguf")));
    assertUsersError(() -> ModelFiles.open(empty));
    assertUsersError(() -> ModelFiles.open(SharedData.model("bookworm-heldout.txt")));
    assertUsersError(() -> ModelFiles.open(SharedData.model("bookworm-3m/model.safetensors")));
    assertUsersError(() -> Tokenizers.forModel(empty));
    assertUsersError(() -> Tokenizers.forModel(SharedData.model("bookworm-heldout.txt")));
    assertUsersError(() -> Tokenizers.forModel(SharedData.model("bookworm-3m/config.json")));
    assertUsersError(
        () -> Tokenizers.forModel(SharedData.testdata("golden/gguf-types/all-types.gguf")));
  }

  private static Arguments broken(String what, String why, byte[] bytes) {
    return Arguments.of(what, why, bytes);
  }

  private static Arguments broken(String what, String why, ByteBuffer bytes) {
    return Arguments.of(what, why, bytes.array());
  }

  private static ByteBuffer header(long tensors, long entries) {
    return little(64).putInt(0x46554747).putInt(3).putLong(tensors).putLong(entries);
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Arrays of one array each, to a depth. */
  private static byte[] nested(int depth) {
    ByteBuffer bytes = little(12 * depth);
    for (int i = 0; i < depth; i++) {
      bytes.putInt(9).putLong(1);
    }
    return bytes.array();
  }

  private static void assertUsersError(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(UserException.class).hasMessageNotContaining("\n");
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(scratch.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
