package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.error.UserException;
import io.dipper.testing.SharedData;
import io.dipper.tracegen.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where config.json and the weights beside it contradict each other, the error names both. */
class HuggingFaceFolderErrorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BIAS = "model.layers.0.self_attn.q_proj.bias";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden_size | 32 | hidden_size is 32, expected 64 as in embed_tokens.weight",
        "vocab_size | 500 | vocab_size is 500, expected 192 as in embed_tokens.weight",
        "num_hidden_layers | 2 | has no place in LLAMA of 2 layers",
        "num_hidden_layers | 4 | has no QUERY tensor of layer 3",
        "num_attention_heads | 8 | is 64 x 64, expected 128 x 64",
        "intermediate_size | 90 | is 96 x 64, expected 90 x 64",
        "attention_bias | true | in layer 0, which config.json asks for",
        "mlp_bias | true | in layer 0, which config.json asks for"
      })
  void key_thatContradictsTheWeightsIsNamed(String key, String value, String message)
      throws IOException {
    ObjectNode config = config();
    config.put("head_dim", 16);
    config.set(key, JSON.readTree(value));
    TinyModel.write(folder, config, layout());

    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lm_head.weight | has no lm_head.weight, and config.json does not set tie_word_embeddings",
        "model.embed_tokens.weight | has no tensor embed_tokens.weight",
        "model.norm.weight | has no OUTPUT_NORM tensor"
      })
  void missingTensor_isNamed(String tensor, String message) throws IOException {
    ObjectNode layout = layout();
    layout.remove(tensor);
    TinyModel.write(folder, config(), layout);

    assertRefused(message);
  }

  @Test
  void bias_withoutItsKeyIsNamed() throws IOException {
    ObjectNode layout = layout();
    layout.set(BIAS, JSON.readTree("[0.5, 0, [64]]"));
    TinyModel.write(folder, config(), layout);

    assertRefused(BIAS + " has no place in LLAMA of 3 layers: config.json gives it no bias");
  }

  @Test
  void configThatIsNoJson_isNamedWithLineAndColumn_withoutTheParsersSettings() throws IOException {
    TinyModel.write(folder, config(), layout());
    Path config = folder.resolve("config.json");
    Files.writeString(config, "{\"rope_theta\": NaN}");
    assertRefused("config.json:1:19: is no JSON: Non-standard token 'NaN'");
    Files.writeString(config, "{");
    assertRefused("config.json:1:2: is no JSON: Unexpected end-of-input: expected close marker");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> ModelFiles.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("`");
  }

  private static ObjectNode config() throws IOException {
    return golden().get("configurations").get(0).get("config").deepCopy();
  }

  private static ObjectNode layout() throws IOException {
    return golden().get("layouts").get("llama-1").deepCopy();
  }

  private static JsonNode golden() throws IOException {
    return JSON.readTree(SharedData.testdata("model-configs/hf.json").toFile());
  }
}
