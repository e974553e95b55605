package io.dipper.tracegen.format.safetensors;

import io.dipper.tracegen.format.TensorRole;
import java.util.HashMap;
import java.util.Map;

/** What the transformers library calls the tensors of a decoder layer. */
final class HuggingFaceNames {
  private static final Map<String, TensorRole> COMMON =
      Map.of(
          "input_layernorm.weight", TensorRole.ATTENTION_NORM,
          "self_attn.q_proj.weight", TensorRole.QUERY,
          "self_attn.k_proj.weight", TensorRole.KEY,
          "self_attn.v_proj.weight", TensorRole.VALUE,
          "self_attn.o_proj.weight", TensorRole.ATTENTION_OUTPUT,
          "mlp.gate_proj.weight", TensorRole.GATE,
          "mlp.up_proj.weight", TensorRole.UP,
          "mlp.down_proj.weight", TensorRole.DOWN);

  private static final Map<String, TensorRole> QKV_BIASES =
      Map.of(
          "self_attn.q_proj.bias", TensorRole.QUERY_BIAS,
          "self_attn.k_proj.bias", TensorRole.KEY_BIAS,
          "self_attn.v_proj.bias", TensorRole.VALUE_BIAS);

  private static final Map<String, TensorRole> MLP_BIASES =
      Map.of(
          "mlp.gate_proj.bias", TensorRole.GATE_BIAS,
          "mlp.up_proj.bias", TensorRole.UP_BIAS,
          "mlp.down_proj.bias", TensorRole.DOWN_BIAS);

  private HuggingFaceNames() {}

  /** The roles of a layer's tensors, by the name behind {@code layers.N.}; biases are apart. */
  static Map<String, TensorRole> ofLayer(HuggingFaceFamily family) {
    var names = new HashMap<>(COMMON);
    names.put("post_attention_layernorm.weight", TensorRole.MLP_NORM);
    switch (family) {
      case GEMMA3 -> {
        names.put("post_attention_layernorm.weight", TensorRole.POST_ATTENTION_NORM);
        names.put("pre_feedforward_layernorm.weight", TensorRole.MLP_NORM);
        names.put("post_feedforward_layernorm.weight", TensorRole.POST_MLP_NORM);
        putHeadNorms(names);
      }
      case QWEN3 -> putHeadNorms(names);
      case QWEN3_MOE, OLMOE -> {
        names.put("mlp.gate.weight", TensorRole.ROUTER);
        putHeadNorms(names);
      }
      case MIXTRAL -> {
        names.put("block_sparse_moe.gate.weight", TensorRole.ROUTER);
        names.put("mlp.gate.weight", TensorRole.ROUTER);
      }
      case PHI3 -> {
        names.put("self_attn.qkv_proj.weight", TensorRole.FUSED_QKV);
        names.put("mlp.gate_up_proj.weight", TensorRole.FUSED_GATE_UP);
      }
      case LLAMA, MISTRAL, QWEN2 -> {}
    }
    return names;
  }

  /** The biases that a configuration gives every layer: names as in {@link #ofLayer}. */
  static Map<String, TensorRole> biases(HuggingFaceFamily family, JsonFields config) {
    var names = new HashMap<String, TensorRole>();
    if (family == HuggingFaceFamily.QWEN2) {
      names.putAll(QKV_BIASES);
    }
    if (family.readsAttentionBias() && config.flag("attention_bias", false)) {
      names.putAll(QKV_BIASES);
      names.put("self_attn.o_proj.bias", TensorRole.ATTENTION_OUTPUT_BIAS);
    }
    if (family.readsMlpBias() && config.flag("mlp_bias", false)) {
      names.putAll(MLP_BIASES);
    }
    return names;
  }

  private static void putHeadNorms(Map<String, TensorRole> names) {
    names.put("self_attn.q_norm.weight", TensorRole.QUERY_NORM);
    names.put("self_attn.k_norm.weight", TensorRole.KEY_NORM);
  }
}
