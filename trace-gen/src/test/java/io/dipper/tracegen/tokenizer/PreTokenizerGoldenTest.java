package io.dipper.tracegen.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.testing.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pre-tokenizer gives llama.cpp's token ids (or, where its expressions are not the model's,
 * those of Hugging Face's library), of texts in many scripts and under a vocabulary whose merges
 * run across all cuts; see {@code testdata/pre-tokenizers/generate.py}.
 */
class PreTokenizerGoldenTest {
  private static final JsonNode GOLDEN = read();

  @TempDir private Path folder;

  static Stream<Arguments> names() {
    return list(GOLDEN.required("cuts"))
        .flatMap(
            cut ->
                list(cut.required("names"))
                    .map(name -> Arguments.of(name.textValue(), cut.required("ids"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void ids_areThoseOfTheReference(String name, JsonNode ids) throws IOException {
    List<String> texts = list(GOLDEN.required("texts")).map(JsonNode::textValue).toList();
    try (Tokenizer tokenizer = Tokenizers.forModel(vocabulary(name))) {
      for (int i = 0; i < texts.size(); i++) {
        assertThat(shown(tokenizer.encode(texts.get(i))))
            .as(texts.get(i))
            .isEqualTo(shown(list(ids.get(i)).mapToInt(JsonNode::intValue).toArray()));
      }
    }
  }

  @Test
  void everyName_hasItsGoldenIds() {
    List<String> names = names().map(arguments -> (String) arguments.get()[0]).toList();
    List<String> supported = List.of(PreTokenizer.supported().split(", "));
    assertThat(names).containsAll(supported.stream().filter(n -> !n.equals("gpt2")).toList());
  }

  /** The tokens between bars, which shows where the cuts are. */
  private static String shown(int[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> GOLDEN.required("tokens").get(id).textValue())
        .collect(Collectors.joining("|"));
  }

  private Path vocabulary(String pre) throws IOException {
    String[] tokens = texts("tokens");
    int[] types = new int[tokens.length];
    Arrays.fill(types, 1);
    byte[] bytes =
        new GgufWriter()
            .text("tokenizer.ggml.model", "gpt2")
            .text("tokenizer.ggml.pre", pre)
            .texts("tokenizer.ggml.tokens", tokens)
            .int32s("tokenizer.ggml.token_type", types)
            .texts("tokenizer.ggml.merges", texts("merges"))
            .bytes();
    return Files.write(folder.resolve("vocabulary.gguf"), bytes);
  }

  private static String[] texts(String key) {
    return list(GOLDEN.required(key)).map(JsonNode::textValue).toArray(String[]::new);
  }

  private static Stream<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(SharedData.testdata("pre-tokenizers/golden.json").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
