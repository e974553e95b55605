package io.dipper.tracegen.format.safetensors;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a config.json may ask for and the forward pass does not do is refused, by its key. */
class RefusedConfigTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'model_type': 'mamba' | model_type mamba is not supported; supported: llama, mistral, mixtral",
        "'model_type': 'qwen2_moe' | model_type qwen2_moe is a mixture of experts, which is not",
        "'model_type': 'gpt_oss', 'num_local_experts': 32 | num_local_experts is 32: a mixture of",
        "'model_type': 'llama', 'num_local_experts': 8 | num_local_experts is 8: a mixture of exp",
        "'model_type': 'deepseek_v3', 'n_routed_experts': 256 | n_routed_experts is 256: a mixture",
        "'model_type': 'llama', 'quantization_config': {'quant_method': 'awq'}"
            + " | quantization_config: weights quantised by awq are not supported; expected F32",
        "'model_type': 'llama', 'compression_config': {} | compression_config: weights quantised by",
        "'model_type': 'qwen2', 'is_causal': false | is_causal is false, expected true: bidirection",
        "'model_type': 'gemma3_text', 'use_bidirectional_attention': true"
            + " | use_bidirectional_attention is true, expected false: bidirectional attention is",
        "'model_type': 'gemma3', 'text_config': {'use_bidirectional_attention': true}"
            + " | text_config.use_bidirectional_attention is true, expected false",
        "'model_type': 'llama', 'per_layer_config': {'1': {'num_key_value_heads': 1}}"
            + " | expected none: layers of different shapes are not supported",
        "'model_type': 'llama', 'transformers_weights': 'other.safetensors'"
            + " | expected none: weights are read from model.safetensors",
        "'model_type': 'llama', 'hidden_act': 'mish'"
            + " | hidden_act is \"mish\", expected one of silu, gelu, gelu_pytorch_tanh",
        "'model_type': 'gemma3_text', 'hidden_activation': 7 | hidden_activation is 7, expected a t",
        "'model_type': 'gemma3_text', 'final_logit_softcapping': 0 | expected a positive number",
        "'model_type': 'llama', 'rope_scaling': {'type': 'ntk'}"
            + " | RoPE scaling ntk is not supported; supported: default, linear, dynamic, yarn",
        "'model_type': 'phi3', 'rope_scaling': {'type': 'linear', 'factor': 2}"
            + " | RoPE scaling linear is not supported; supported: default and longrope in phi3",
        "'model_type': 'llama', 'rope_scaling': {'type': 'linear'}"
            + " | rope_scaling.factor is missing, expected a number",
        "'model_type': 'llama', 'rope_scaling': {'type': 'linear', 'factor': -2}"
            + " | rope_scaling.factor is -2, expected a positive number",
        "'model_type': 'llama', 'rope_scaling': {'type': 'yarn'}"
            + " | rope_scaling.factor is missing, expected a positive number",
        "'model_type': 'llama', 'rope_scaling': 'linear' | rope_scaling is \"linear\", expected an o",
        "'model_type': 'phi3', 'rope_scaling': {'type': 'su', 'short_factor': [1]}"
            + " | rope_scaling.short_factor is [1], expected a list of 8 numbers",
        "'model_type': 'phi3', 'rope_parameters': {'full_attention': {'rope_type': 'default'}}"
            + " | rope_parameters.full_attention is",
        "'model_type': 'llama', 'partial_rotary_factor': 0.5, 'rope_scaling': {'type': 'linear',"
            + " 'factor': 2} | partial_rotary_factor is 0.5, expected 1: this family rotates whole",
        "'model_type': 'phi3', 'partial_rotary_factor': 0.2 | over 3 of 16 entries",
        "'model_type': 'llama', 'head_dim': 15 | over 15 of 15 entries",
        "'model_type': 'llama', 'head_dim': -1 | head_dim is -1, expected a positive whole",
        "'model_type': 'llama', 'num_key_value_heads': 3"
            + " | num_key_value_heads is 3, expected a divisor of num_attention_heads, 4",
        "'model_type': 'qwen2' | num_key_value_heads is missing, which means 32, expected a",
        "'model_type': 'llama', 'num_hidden_layers': 3.5 | num_hidden_layers is 3.5, expected a pos",
        "'model_type': 'llama', 'rms_norm_eps': '1e-5' | rms_norm_eps is \"1e-5\", expected a number",
        "'model_type': 'phi3', 'sliding_window': 0 | sliding_window is 0, expected a positive",
        "'model_type': 'gemma3_text', 'sliding_window': null | sliding_window is null, expected a p",
        "'model_type': 'gemma3_text', 'layer_types': ['full_attention']"
            + " | layer_types is [\"full_attention\"], expected a list of 6 layer types",
        "'model_type': 'qwen3', 'num_key_value_heads': 4, 'layer_types': ['sliding_attention',"
            + " 'full_attention', 'full_attention', 'full_attention', 'full_attention',"
            + " 'full_attention'] | expected full_attention alone, as use_sliding_window gives",
        "'model_type': 'qwen2', 'num_key_value_heads': 4, 'layer_types': ['linear_attention',"
            + " 'full_attention', 'full_attention', 'full_attention', 'full_attention',"
            + " 'full_attention'] | layer_types has \"linear_attention\", which is not supported",
        "'model_type': 'llama', 'bos_token_id': [1, 2] | bos_token_id is [1,2], expected a whole n"
      })
  void key_isNamedWithWhatWouldBeRight(String entries, String message) {
    assertThatThrownBy(() -> read(entries.replace('\'', '"')))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("config.json: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private void read(String entries) throws IOException {
    String shape =
        """
        "hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 6,
        "num_attention_heads": 4, "max_position_embeddings": 131072,
        """;
    Path file = Files.writeString(folder.resolve("config.json"), "{" + shape + entries + "}");
    new HuggingFaceConfig(JsonFields.read(file)).read("name", "F16", 256, false);
  }
}
