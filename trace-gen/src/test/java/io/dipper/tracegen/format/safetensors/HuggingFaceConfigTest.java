package io.dipper.tracegen.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.AttentionWindows;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
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
            "max_window_layers": %d, "num_key_value_heads": 4
            """
                .formatted(use, firstWindowed));
    for (int layer = 0; layer < 6; layer++) {
      assertThat(config.attention().windows().tokens(layer))
          .isEqualTo(layer < firstLocal ? Integer.MAX_VALUE : 32);
    }
  }

  /** What the transformers library assumes for each family. */
  @ParameterizedTest
  @CsvSource({
    "llama, 4096 x 11008, 32 layers, 32 / 32 heads of 128, context 2048, window 0, bos 1, 1.0E-6",
    "mistral, 4096 x 14336, 32 layers, 32 / 8 heads of 128, context 131072, window 4096, bos 1, 1.0E-6",
    "phi3, 3072 x 8192, 32 layers, 32 / 32 heads of 96, context 4096, window 0, bos 1, 1.0E-5",
    "qwen2, 4096 x 22016, 32 layers, 32 / 32 heads of 128, context 32768, window 0, bos -1, 1.0E-6",
    "qwen3, 4096 x 22016, 32 layers, 32 / 32 heads of 128, context 32768, window 0, bos -1, 1.0E-6",
    "gemma3, 2304 x 9216, 26 layers, 8 / 4 heads of 256, context 131072, window 4096, bos 2, 1.0E-6"
  })
  void absentKeys_areTheFamilysDefaults(ArgumentsAccessor expected) throws IOException {
    ModelConfig config = parse("{\"model_type\": \"%s\"}".formatted(expected.getString(0)));
    ModelShape shape = config.shape();
    assertThat(
            List.of(
                shape.getHiddenSize() + " x " + shape.getIntermediateSize(),
                shape.getLayers() + " layers",
                "%d / %d heads of %d"
                    .formatted(shape.getHeads(), shape.getKvHeads(), shape.getHeadDim()),
                "context " + config.contextLength(),
                "window " + config.attention().windows().length(),
                "bos " + config.bosToken(),
                "" + config.norm().epsilon()))
        .isEqualTo(expected.toList().subList(1, 8));
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
