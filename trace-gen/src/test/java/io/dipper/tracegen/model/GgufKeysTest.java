package io.dipper.tracegen.model;

import io.dipper.tracegen.testing.GgufFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF metadata that is refused by name; what is obeyed is in GgufConfigurationsTest. */
class GgufKeysTest {
  private GgufFiles files;

  @BeforeEach
  void writeInto(@TempDir Path folder) {
    files = new GgufFiles(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama  | logit_scale                       | 0.25",
        "llama  | embedding_scale                   | 12",
        "llama  | residual_scale                    | 0.22",
        "llama  | attention.output_scale            | 0.5",
        "llama  | attention.value_scale             | 0.5",
        "llama  | attention.temperature_scale       | 0.1",
        "llama  | attention.scale                   | 0.5",
        "llama  | attention.clamp_kqv               | 8",
        "llama  | attention.max_alibi_bias          | 8",
        "llama  | attn_logit_softcapping            | 50",
        "llama  | router_logit_softcapping          | 30",
        "llama  | final_logit_softcapping           | 30",
        "phi3   | final_logit_softcapping           | 30",
        "qwen2  | final_logit_softcapping           | 30",
        "qwen3  | final_logit_softcapping           | 30",
        "gemma3 | attn_logit_softcapping            | 50",
        "gemma3 | final_logit_softcapping           | -5",
        "gemma3 | attention.scale                   | 0.5",
        "llama  | rope.freq_scale                   | 0.25",
        "llama  | rope.scaling.alpha                | 1000",
        "llama  | rope.scaling.factor               | -4",
        "llama  | rope.scale_linear                 | -4",
        "llama  | rope.scaling.attn_factor          | 0",
        "llama  | rope.freq_base                    | 0",
        "qwen2  | rope.scaling.yarn_ext_factor      | 0.5",
        "qwen2  | rope.scaling.yarn_attn_factor     | 0.8",
        "qwen2  | rope.scaling.yarn_beta_fast       | 64",
        "qwen2  | rope.scaling.yarn_beta_slow       | 2",
        "qwen2  | rope.scaling.yarn_log_multiplier  | 0.1",
        "gemma3 | rope.scaling.extrapolation_factor | 0.5",
        "gemma3 | rope.scaling.beta_fast            | 64",
        "gemma3 | rope.scaling.beta_slow            | 2"
      })
  void numberThatTheFamilyDoesNotHave_isRefusedByName(String model, String name, float value) {
    String key = model + "." + name;
    files.assertRefused(
        GgufFiles.without(model, key).float32(key, value), "metadata " + key + " is ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llama  | attention.shared_kv_layers     | 1",
        "llama  | attention.temperature_length   | 8192",
        "llama  | leading_dense_block_count      | 1",
        "llama  | nextn_predict_layers           | 1",
        "llama  | embedding_length_out           | 32",
        "llama  | attention.value_length         | 32",
        "llama  | rope.dimension_count           | 8",
        "qwen2  | rope.dimension_count           | 8",
        "qwen3  | rope.dimension_count           | 8",
        "phi3   | rope.dimension_count           | 7",
        "phi3   | rope.dimension_count           | 32",
        "gemma3 | rope.dimension_count_swa       | 8",
        "gemma3 | attention.key_length_swa       | 8",
        "gemma3 | attention.value_length_swa     | 8",
        "llama  | attention.sliding_window       | 11",
        "qwen2  | attention.sliding_window       | 11",
        "qwen3  | attention.sliding_window       | 11",
        "llama  | attention.head_count_kv        | 3"
      })
  void wholeNumberThatTheFamilyDoesNotHave_isRefusedByName(String model, String name, int value) {
    String key = model + "." + name;
    files.assertRefused(
        GgufFiles.without(model, key).uint32(key, value), "metadata " + key + " is " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"use_parallel_residual", "swin_norm"})
  void switchThatTheFamilyDoesNotHave_isRefusedByName(String name) {
    files.assertRefused(
        GgufFiles.model("llama").bool("llama." + name, true), "metadata llama." + name);
  }

  @Test
  void attentionInBothDirections_isRefused() {
    files.assertRefused(
        GgufFiles.model("qwen3").bool("qwen3.attention.causal", false),
        "metadata qwen3.attention.causal is false, expected true: attention in both directions");
  }

  @Test
  void unknownRopeScaling_isRefusedByName() {
    files.assertRefused(
        GgufFiles.model("llama").text("llama.rope.scaling.type", "dynamic"),
        "llama.rope.scaling.type is dynamic, expected none, linear, yarn or longrope");
    files.assertRefused(
        GgufFiles.model("llama").text("llama.rope.scaling.type", ""),
        "llama.rope.scaling.type is an empty text, expected none, linear, yarn or longrope");
  }

  /** What llama.cpp loads beside a model, or makes of one, has the model's architecture. */
  @ParameterizedTest
  @ValueSource(strings = {"adapter", "mmproj", "imatrix"})
  void fileThatIsNoWholeModel_isRefusedByItsType(String type) {
    files.assertRefused(
        GgufFiles.model("llama").text("general.type", type),
        "metadata general.type is " + type + ", expected model");
  }

  @Test
  void activationOfAnotherFamily_isRefusedByName() {
    files.assertRefused(
        GgufFiles.model("llama").text("llama.hidden_activation", "relu"),
        "llama.hidden_activation is relu, expected silu");
  }

  @Test
  void ropeInSections_isRefusedByName() {
    files.assertRefused(
        GgufFiles.model("qwen2").int32s("qwen2.rope.dimension_sections", 2, 3, 3, 0),
        "qwen2.rope.dimension_sections is [2, 3, 3, 0], expected none");
  }

  /** What a file says of each layer has to be the same for all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"attention.head_count", "attention.head_count_kv", "feed_forward_length"})
  void layersThatDiffer_areRefusedByName(String name) {
    String key = "llama." + name;
    files.assertRefused(
        GgufFiles.without("llama", key).int32s(key, 4, 4, 2),
        key + " is [4, 4, 2], expected the same number in all layers");
    files.assertRefused(
        GgufFiles.without("llama", key).int32s(key, 4, 4),
        key + " is [4, 4], expected one number, or one for each of 3 layers");
  }

  @Test
  void windowsForAnotherNumberOfLayers_areRefused() {
    String key = "gemma3.attention.sliding_window_pattern";
    files.assertRefused(
        GgufFiles.without("gemma3", key).bools(key, true, true, false),
        key + " is [1, 1, 0], expected a number, or true or false for each of 7 layers");
  }

  /** One base, written in two ways that disagree. */
  @Test
  void basesThatDisagree_areRefused() {
    files.assertRefused(
        GgufFiles.model("gemma3").float32("gemma3.rope.global.freq_base", 500),
        "gemma3.rope.global.freq_base is 500.0, expected 1000000.0 as in gemma3.rope.freq_base");
  }
}
