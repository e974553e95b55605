package io.dipper.tracegen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.testing.GgufWriter;
import io.dipper.tracegen.testing.NamedGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GGUF metadata that is refused by name, and what does nothing; what is obeyed is in
 * GgufConfigurationsTest.
 */
class GgufKeysTest {
  @TempDir private Path folder;

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
    assertRefused(without(model, key).float32(key, value), "metadata " + key + " is ");
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
    assertRefused(without(model, key).uint32(key, value), "metadata " + key + " is " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"use_parallel_residual", "swin_norm"})
  void switchThatTheFamilyDoesNotHave_isRefusedByName(String name) {
    assertRefused(model("llama").bool("llama." + name, true), "metadata llama." + name);
  }

  @Test
  void attentionInBothDirections_isRefused() {
    assertRefused(
        model("qwen3").bool("qwen3.attention.causal", false),
        "metadata qwen3.attention.causal is false, expected true: attention in both directions");
  }

  @Test
  void unknownRopeScaling_isRefusedByName() {
    assertRefused(
        model("llama").text("llama.rope.scaling.type", "dynamic"),
        "llama.rope.scaling.type is dynamic, expected none, linear, yarn or longrope");
  }

  @Test
  void activationOfAnotherFamily_isRefusedByName() {
    assertRefused(
        model("llama").text("llama.hidden_activation", "relu"),
        "llama.hidden_activation is relu, expected silu");
  }

  @Test
  void ropeInSections_isRefusedByName() {
    assertRefused(
        model("qwen2").int32s("qwen2.rope.dimension_sections", 2, 3, 3, 0),
        "qwen2.rope.dimension_sections is [2, 3, 3, 0], expected none");
  }

  /** What a file says of each layer has to be the same for all of them. */
  @ParameterizedTest
  @ValueSource(strings = {"attention.head_count", "attention.head_count_kv", "feed_forward_length"})
  void layersThatDiffer_areRefusedByName(String name) {
    String key = "llama." + name;
    assertRefused(
        without("llama", key).int32s(key, 4, 4, 2),
        key + " is [4, 4, 2], expected the same number in all layers");
    assertRefused(
        without("llama", key).int32s(key, 4, 4),
        key + " is [4, 4], expected one number, or one for each of 3 layers");
  }

  @Test
  void windowsForAnotherNumberOfLayers_areRefused() {
    String key = "gemma3.attention.sliding_window_pattern";
    assertRefused(
        without("gemma3", key).bools(key, true, true, false),
        key + " is [1, 1, 0], expected a number, or true or false for each of 7 layers");
  }

  @Test
  void mixtureOfExperts_isRefusedAsSuch() {
    assertRefused(
        model("llama").uint32("llama.expert_count", 8),
        "is a mixture of experts (architecture llama, 8 experts), which is not supported");
    assertRefused(
        new GgufWriter()
            .text("general.architecture", "qwen3moe")
            .uint32("qwen3moe.expert_count", 128),
        "is a mixture of experts (architecture qwen3moe, 128 experts)");
    assertRefused(
        new GgufWriter()
            .text("general.architecture", "deepseek2")
            .uint32("deepseek2.expert_count", 64),
        "is a mixture of experts (architecture deepseek2, 64 experts)");
  }

  /** One base, written in two ways that disagree. */
  @Test
  void basesThatDisagree_areRefused() {
    assertRefused(
        model("gemma3").float32("gemma3.rope.global.freq_base", 500),
        "gemma3.rope.global.freq_base is 500.0, expected 1000000.0 as in gemma3.rope.freq_base");
  }

  @ParameterizedTest
  @CsvSource({
    "llama,blk.0.attn_norm.bias,64",
    "llama,blk.0.attn_rot_embd.weight,8",
    "llama,blk.0.rope_freqs.weight,8",
    "llama,blk.0.attn_q.scale,1",
    "llama,blk.0.attn_q_norm.weight,16",
    "llama,blk.3.ffn_norm.weight,64",
    "llama,output.bias,320",
    "llama,rope_factors_long.weight,8",
    "phi3,rope_freqs.weight,8",
    "phi3,blk.0.attn_output.bias,64",
    "qwen2,rope_freqs.weight,8",
    "qwen2,blk.0.ffn_up.bias,96",
    "qwen3,blk.0.attn_output.bias,64",
    "gemma3,blk.0.attn_output.bias,64",
    "gemma3,cls.output.weight,64"
  })
  void tensorThatTheFamilyDoesNotHave_isRefusedByName(String model, String tensor, int length) {
    assertRefused(
        model(model).floats(tensor, new float[length], length),
        "tensor " + tensor + " has no place");
  }

  @Test
  void divisorsForOneLengthOnly_areRefused() {
    assertRefused(
        model("phi3").floats("rope_factors_long.weight", new float[8], 8),
        "has one of rope_factors_short and rope_factors_long, expected both");
  }

  @Test
  void tokensThatAreNoRowsOfTheEmbedding_areRefused() {
    assertRefused(
        model("llama").texts("tokenizer.ggml.tokens", "a", "b"),
        "tokenizer.ggml.tokens has 2 entries, expected one for each of the embedding's 320 rows");
  }

  /** Values that change nothing, of keys that are refused else; and keys that nothing reads. */
  @Test
  void valuesThatChangeNothing_areAccepted() {
    open(
        model("gemma3")
            .float32("gemma3.logit_scale", 1)
            .float32("gemma3.embedding_scale", 0)
            .float32("gemma3.attn_logit_softcapping", 0)
            .float32("gemma3.attention.scale", 0.25f)
            .float32("gemma3.attention.layer_norm_epsilon", 1)
            .float32("gemma3.rope.scaling.yarn_beta_fast", 32)
            .float32("gemma3.rope.global.freq_base", 1e6f)
            .float32("gemma3.rope.local.freq_base", 1e4f)
            .bool("gemma3.attention.causal", true)
            .bool("gemma3.use_parallel_residual", false)
            .text("gemma3.hidden_activation", "gelu_pytorch_tanh")
            .uint32("gemma3.expert_count", 0)
            .uint32("gemma3.pooling_type", 0)
            .uint32("gemma3.attention.key_length_swa", 16)
            .uint32("gemma3.vision.block_count", 27)
            .uint32("gemma3.mm.tokens_per_image", 256)
            .floats("v.blk.0.ln1.weight", new float[4], 4)
            .floats("mm.soft_emb_norm.weight", new float[4], 4));
    open(model("llama").uint32("llama.attention.sliding_window", 4096));
  }

  /** Ollama's own spelling of gemma3's two bases. */
  @Test
  void basesInOllamasSpelling_areObeyed() {
    ModelConfig config =
        open(
            without("gemma3", "gemma3.rope.freq_base")
                .float32("gemma3.rope.global.freq_base", 1e6f)
                .float32("gemma3.rope.local.freq_base", 500));
    assertThat(config.attention().rope().theta()).isEqualTo(1e6);
    assertThat(config.attention().localRope().theta()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "llama,default,true,1",
    "gpt2,llama-bpe,true,11",
    "gpt2,tekken,true,11",
    "gpt2,falcon3,true,11",
    "gpt2,qwen2,false,11",
    "gpt2,gpt-4o,false,11",
    "none,default,false,-1"
  })
  void bos_isThatOfTheTokenizer_whereTheFileDoesNotSay(
      String tokenizer, String pre, boolean adds, int id) {
    GgufWriter writer =
        model("llama").text("tokenizer.ggml.model", tokenizer).text("tokenizer.ggml.pre", pre);
    ModelConfig config = open(writer);
    assertThat(config.addBos()).isEqualTo(adds);
    assertThat(config.bosToken()).isEqualTo(id);
    writer.bool("tokenizer.ggml.add_bos_token", !adds).uint32("tokenizer.ggml.bos_token_id", 7);
    assertThat(open(writer).addBos()).isEqualTo(!adds);
    assertThat(open(writer).bosToken()).isEqualTo(7);
  }

  private static GgufWriter model(String name) {
    return NamedGguf.named(name).writer();
  }

  private static GgufWriter without(String name, String key) {
    return NamedGguf.named(name).writer(present -> !present.equals(key));
  }

  private ModelConfig open(GgufWriter writer) {
    try (ModelFile model = ModelFiles.open(write(writer))) {
      return model.config();
    }
  }

  private void assertRefused(GgufWriter writer, String why) {
    Path file = write(writer);
    assertThatThrownBy(() -> ModelFiles.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(why);
  }

  private Path write(GgufWriter writer) {
    try {
      return Files.write(Files.createTempFile(folder, "model", ".gguf"), writer.bytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
