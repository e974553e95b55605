package io.dipper.tracegen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.testing.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids equal those of the reference tokenizers, over whole corpora. */
class TokenizersTest {
  @ParameterizedTest
  @ValueSource(strings = {"bookworm-3m", "bookworm-3m-q8_0.gguf"})
  void bookworm_heldOutText_equalsTheGoldenIds(String model) throws IOException {
    String text = Files.readString(SharedData.model("bookworm-heldout.txt"));
    try (Tokenizer tokenizer = Tokenizers.forModel(SharedData.model(model))) {
      int[] ids = tokenizer.encode(text);
      assertThat(ids).isEqualTo(ids(SharedData.testdata("golden/bookworm-heldout.ids.i32le")));
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "data/tokenizers/smollm2/tokenizer.json, wiki.test.raw, wt2_test_raw",
    "data/tokenizers/smollm2/tokenizer.json, wiki.test.hfjoin.txt, wt2_test_hfjoin",
    "models/SmolLM2-135M-Instruct.Q4_1.gguf, wiki.test.raw, wt2_test_raw",
    "models/SmolLM2-135M-Instruct.Q4_1.gguf, wiki.test.hfjoin.txt, wt2_test_hfjoin"
  })
  void smolLm2_wikiText2_equalsTheGoldenIds(String model, String text, String golden)
      throws IOException {
    Path ids = SharedData.external("data/tokenizers/smollm2/" + golden + ".ids.i32le");
    Path corpus = SharedData.external("data/wikitext2/" + text);
    try (Tokenizer tokenizer = Tokenizers.forModel(SharedData.external(model))) {
      int[] encoded = tokenizer.encode(Files.readString(corpus));
      assertThat(encoded).isEqualTo(ids(ids));
    }
  }

  /** SentencePiece's own normalisation, which nothing here does. */
  @Test
  void normalisation_isRefusedByName(@TempDir Path folder) throws IOException {
    var writer =
        new GgufWriter()
            .text("tokenizer.ggml.model", "llama")
            .texts("tokenizer.ggml.tokens", "a", "b")
            .float32s("tokenizer.ggml.scores", 0, 0)
            .bool("tokenizer.ggml.remove_extra_whitespaces", false);
    Path file = Files.write(folder.resolve("plain.gguf"), writer.bytes());
    Tokenizers.forModel(file).close();
    byte[] spaces =
        new GgufWriter()
            .text("tokenizer.ggml.model", "llama")
            .texts("tokenizer.ggml.tokens", "a", "b")
            .float32s("tokenizer.ggml.scores", 0, 0)
            .bool("tokenizer.ggml.remove_extra_whitespaces", true)
            .bytes();
    Path refused = Files.write(folder.resolve("spaces.gguf"), spaces);
    assertThatThrownBy(() -> Tokenizers.forModel(refused))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.ggml.remove_extra_whitespaces is true, expected false");
    writer.int32s("tokenizer.ggml.precompiled_charsmap", 1, 2);
    Path mapped = Files.write(folder.resolve("mapped.gguf"), writer.bytes());
    assertThatThrownBy(() -> Tokenizers.forModel(mapped))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.ggml.precompiled_charsmap is");
  }

  /** The cases that llama.cpp holds its own tokenizers to. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "llama-spm", "phi-3"})
  void llamaCppCases_hold(String vocabulary) throws IOException {
    Path gguf =
        SharedData.external("data/tokenizers/llama.cpp-vocab/ggml-vocab-" + vocabulary + ".gguf");
    String[] cases = Files.readString(Path.of(gguf + ".inp")).split("\n__ggml_vocab_test__\n", -1);
    String[] expected = Files.readString(Path.of(gguf + ".out")).split("\n", -1);
    try (Tokenizer tokenizer = Tokenizers.forModel(gguf)) {
      for (int i = 0; i < cases.length; i++) {
        assertThat(tokenizer.encode(cases[i])).as("case %d", i).isEqualTo(numbers(expected[i]));
      }
    }
  }

  @Test
  void encode_addsNothing() {
    try (Tokenizer tokenizer = Tokenizers.forModel(SharedData.model("bookworm-3m"))) {
      assertThat(tokenizer.encode("")).isEmpty();
      assertThat(tokenizer.encode("<|endoftext|>")).containsExactly(0);
      assertThat(tokenizer.name()).matches("tokenizer\\.json sha256:[0-9a-f]{16}");
    }
  }

  private static int[] ids(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int[] ids = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(ids);
    return ids;
  }

  private static int[] numbers(String line) {
    return line.isBlank()
        ? new int[0]
        : java.util.Arrays.stream(line.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
