package io.dipper.tracegen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.tracegen.testing.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A vocabulary in which everything merges shows where each pre-tokenizer cuts: no token crosses a
 * cut. "whole" is a token that no merges lead to.
 */
class PreTokenizerTest {
  private static final List<String> TOKENS =
      List.of(
          "1", "11", "111", "1111", "a", "aa", "A", "aaA", "'", "S", "'S", "Ġ", "Ġa", "w", "h", "o",
          "whoo", "<|end|>");
  private static final String[] MERGES = {"1 1", "11 11", "11 1", "a a", "aa A", "' S", "Ġ a"};

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gpt-2     | 1111 | aaA  | aa ' S | Ġa  | w h o o",
        "smollm    | 1 1 1 1 | aaA  | aa ' S | Ġa  | w h o o",
        "llama-bpe | 111 1 | aaA  | aa 'S | Ġa  | whoo",
        "dbrx      | 111 1 | aaA  | aa 'S | Ġa  | w h o o",
        "qwen2     | 1 1 1 1 | aaA  | aa 'S | Ġa  | w h o o",
        "gpt-4o    | 111 1 | aa A | aa 'S | Ġa  | w h o o",
        "tekken    | 1 1 1 1 | aa A | aa 'S | Ġa  | whoo",
        "default   | 111 1 | aaA  | aa ' S | Ġa  | w h o o"
      })
  void preTokenizer_cutsWhereItsModelDoes(
      String name, String digits, String capitals, String contraction, String space, String whole)
      throws IOException {
    try (Tokenizer tokenizer = Tokenizers.forModel(vocabulary(name))) {
      assertThat(tokens(tokenizer, "1111")).isEqualTo(digits);
      assertThat(tokens(tokenizer, "aaA")).isEqualTo(capitals);
      assertThat(tokens(tokenizer, "aa'S")).isEqualTo(contraction);
      assertThat(tokens(tokenizer, " a")).isEqualTo(space);
      assertThat(tokens(tokenizer, "whoo")).isEqualTo(whole);
      assertThat(tokens(tokenizer, "a<|end|>a")).isEqualTo("a <|end|> a");
    }
  }

  @Test
  void unknownPreTokenizer_isNamedWithTheSupportedOnes() throws IOException {
    Path file = vocabulary("klingon");
    assertThatThrownBy(() -> Tokenizers.forModel(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pre-tokenizer klingon is not supported; supported: gpt-2");
  }

  private static String tokens(Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text))
        .mapToObj(TOKENS::get)
        .collect(Collectors.joining(" "));
  }

  private Path vocabulary(String pre) throws IOException {
    int[] types = new int[TOKENS.size()];
    Arrays.fill(types, 1);
    types[TOKENS.indexOf("<|end|>")] = 3;
    byte[] bytes =
        new GgufWriter()
            .text("tokenizer.ggml.model", "gpt2")
            .text("tokenizer.ggml.pre", pre)
            .texts("tokenizer.ggml.tokens", TOKENS.toArray(String[]::new))
            .int32s("tokenizer.ggml.token_type", types)
            .texts("tokenizer.ggml.merges", MERGES)
            .bytes();
    return Files.write(folder.resolve(pre + ".gguf"), bytes);
  }
}
