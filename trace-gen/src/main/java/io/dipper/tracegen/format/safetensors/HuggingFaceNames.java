package io.dipper.tracegen.format.safetensors;

import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.TensorRole;
import java.util.HashMap;
import java.util.Map;

/** What the transformers library calls the tensors of a decoder layer. */
final class HuggingFaceNames {
  private static final Map<String, TensorRole> COMMON =
      Map.ofEntries(
          Map.entry("input_layernorm.weight", TensorRole.ATTENTION_NORM),
          Map.entry("self_attn.q_proj.weight", TensorRole.QUERY),
          Map.entry("self_attn.k_proj.weight", TensorRole.KEY),
          Map.entry("self_attn.v_proj.weight", TensorRole.VALUE),
          Map.entry("self_attn.o_proj.weight", TensorRole.ATTENTION_OUTPUT),
          Map.entry("self_attn.q_proj.bias", TensorRole.QUERY_BIAS),
          Map.entry("self_attn.k_proj.bias", TensorRole.KEY_BIAS),
          Map.entry("self_attn.v_proj.bias", TensorRole.VALUE_BIAS),
          Map.entry("mlp.gate_proj.weight", TensorRole.GATE),
          Map.entry("mlp.up_proj.weight", TensorRole.UP),
          Map.entry("mlp.down_proj.weight", TensorRole.DOWN));

  private HuggingFaceNames() {}

  /** From the name behind {@code layers.N.} to the role. */
  static Map<String, TensorRole> ofLayer(Architecture architecture) {
    var names = new HashMap<>(COMMON);
    switch (architecture) {
      case GEMMA3 -> {
        names.put("post_attention_layernorm.weight", TensorRole.POST_ATTENTION_NORM);
        names.put("pre_feedforward_layernorm.weight", TensorRole.MLP_NORM);
        names.put("post_feedforward_layernorm.weight", TensorRole.POST_MLP_NORM);
        putHeadNorms(names);
      }
      case QWEN3 -> {
        names.put("post_attention_layernorm.weight", TensorRole.MLP_NORM);
        putHeadNorms(names);
      }
      case PHI3 -> {
        names.put("post_attention_layernorm.weight", TensorRole.MLP_NORM);
        names.put("self_attn.qkv_proj.weight", TensorRole.FUSED_QKV);
        names.put("mlp.gate_up_proj.weight", TensorRole.FUSED_GATE_UP);
      }
      case LLAMA, QWEN2 -> names.put("post_attention_layernorm.weight", TensorRole.MLP_NORM);
    }
    return names;
  }

  private static void putHeadNorms(Map<String, TensorRole> names) {
    names.put("self_attn.q_norm.weight", TensorRole.QUERY_NORM);
    names.put("self_attn.k_norm.weight", TensorRole.KEY_NORM);
  }
}
