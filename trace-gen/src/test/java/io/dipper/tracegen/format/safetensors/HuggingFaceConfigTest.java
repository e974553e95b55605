package io.dipper.tracegen.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of config.json that checkpoints on the hub have, beside those of the golden models. */
class HuggingFaceConfigTest {
  private static final String SHAPE =
      """
      "hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 6,
      "num_attention_heads": 4, "max_position_embeddings": 131072, "rms_norm_eps": 1e-5
      """;

  @TempDir private Path folder;

  @Test
  void olderRopeScaling_ofLlama3_isRead() throws IOException {
    ModelConfig config =
        read(
            """
            "model_type": "llama", "rope_theta": 500000.0,
            "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
              "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
            """);
    assertThat(config.attention().rope())
        .isEqualTo(
            new Rope(500_000, 16, Rope.Style.HALF_SPLIT, new RopeScaling.Llama3(8, 1, 4, 8192)));
    assertThat(config.shape().getKvHeads()).as("as many as heads where absent").isEqualTo(4);
  }

  /** sqrt(1 + ln(131072 / 4096) / ln 4096) = sqrt(1 + 5/12). */
  @Test
  void longRope_ofPhi3_choosesItsDivisorsByContext() throws IOException {
    ModelConfig config =
        read(
            """
            "model_type": "phi3", "rope_theta": 10000.0, "partial_rotary_factor": 0.25,
            "original_max_position_embeddings": 4096,
            "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.5],
              "long_factor": [2.0, 40.0]}
            """);
    assertThat(config.attention().rope().dimensions()).isEqualTo(4);
    var scaling = (RopeScaling.LongRope) config.attention().rope().scaling();
    assertThat(scaling.divisors(4096)).containsExactly(1, 1.5);
    assertThat(scaling.divisors(4097)).containsExactly(2, 40);
    assertThat(scaling.amplitude()).isCloseTo(Math.sqrt(17.0 / 12), within(1e-12));
  }

  @Test
  void olderGemma3_hasItsKeysAtTheTop() throws IOException {
    ModelConfig config =
        read(
            """
            "model_type": "gemma3_text", "rope_theta": 1000000, "rope_local_base_freq": 20000,
            "rope_scaling": {"rope_type": "linear", "factor": 8.0}, "head_dim": 32,
            "query_pre_attn_scalar": 168, "sliding_window": 1024, "sliding_window_pattern": 6
            """);
    assertThat(config.attention().rope())
        .isEqualTo(new Rope(1_000_000, 32, Rope.Style.HALF_SPLIT, new RopeScaling.Linear(8)));
    assertThat(config.attention().ownLocalRope())
        .contains(new Rope(20_000, 32, Rope.Style.HALF_SPLIT, new RopeScaling.None()));
    assertThat(config.attention().scale()).isEqualTo((float) (1 / Math.sqrt(168)));
    assertThat(config.attention().windows()).isEqualTo(AttentionWindows.saveEvery(6, 1024, 6));
  }

  @Test
  void multimodalGemma3_leavesOutItsFamilysDefaults() throws IOException {
    ModelConfig config =
        parse(
            """
            {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text",
              "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34,
              "rope_scaling": {"rope_type": "linear", "factor": 8.0}, "sliding_window": 1024}}
            """);
    assertThat(config.shape().getHeads()).isEqualTo(8);
    assertThat(config.shape().getKvHeads()).isEqualTo(4);
    assertThat(config.shape().getHeadDim()).isEqualTo(256);
    assertThat(config.attention().scale()).isEqualTo(1f / 16);
    assertThat(config.attention().windows()).isEqualTo(AttentionWindows.saveEvery(6, 1024, 34));
    assertThat(config.contextLength()).isEqualTo(131_072);
  }

  @ParameterizedTest
  @CsvSource({"false, 3, 6", "true, 6, 6", "true, 0, 0", "true, 4, 4"})
  void slidingWindow_ofQwen2_isUsedFromALayerOn(boolean use, int firstWindowed, int firstLocal)
      throws IOException {
    ModelConfig config =
        read(
            """
            "model_type": "qwen2", "use_sliding_window": %s, "sliding_window": 32,
            "max_window_layers": %d
            """
                .formatted(use, firstWindowed));
    for (int layer = 0; layer < 6; layer++) {
      assertThat(config.attention().windows().tokens(layer))
          .isEqualTo(layer < firstLocal ? Integer.MAX_VALUE : 32);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\": \"mamba\" | model_type mamba is not supported; supported: llama",
        "\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"yarn\"}"
            + " | RoPE scaling yarn is not supported; supported: default, linear",
        "\"model_type\": \"llama\", \"num_key_value_heads\": 3"
            + " | num_key_value_heads is 3, expected a divisor of num_attention_heads, 4",
        "\"model_type\": \"llama\", \"head_dim\": -1 | head_dim is -1, expected a positive whole",
        "\"model_type\": \"llama\", \"head_dim\": 15 | over 15 of 15 entries",
        "\"model_type\": \"llama\", \"hidden_act\": \"relu\" | hidden_act is \"relu\", expected silu",
        "\"model_type\": \"gemma3_text\", \"final_logit_softcapping\": 30.0"
            + " | final_logit_softcapping is 30.0, expected null"
      })
  void whatIsNotSupported_isNamed(String entries, String message) {
    assertThatThrownBy(() -> read(entries))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void missingKey_isNamed() {
    assertThatThrownBy(() -> parse("{\"model_type\": \"llama\"}"))
        .hasMessageEndingWith("hidden_size is missing, expected a positive whole number");
  }

  @Test
  void malformedJson_isAnErrorWithLineAndColumn() {
    assertThatThrownBy(() -> parse("{\n\"a\": ,}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json:2:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"add_bos_token\": true} | {} | true",
        "{\"add_bos_token\": false} | {\"post_processor\": {\"type\": \"TemplateProcessing\","
            + "\"single\": [{\"SpecialToken\": {}}, {\"Sequence\": {}}]}} | false",
        "{} | {\"post_processor\": {\"type\": \"Sequence\", \"processors\": [{\"type\":"
            + "\"ByteLevel\"}, {\"single\": [{\"SpecialToken\": {}}]}]}} | true",
        "{} | {\"post_processor\": null} | false"
      })
  void bos_isAddedAsTheTokenizerSays(String settings, String tokenizer, boolean added)
      throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), settings);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
    assertThat(BosRule.addsBos(folder)).isEqualTo(added);
  }

  private ModelConfig read(String entries) throws IOException {
    return parse("{" + SHAPE + "," + entries + "}");
  }

  private ModelConfig parse(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), json);
    return new HuggingFaceConfig(JsonFields.read(file)).read("name", "F16", 256, false);
  }
}
