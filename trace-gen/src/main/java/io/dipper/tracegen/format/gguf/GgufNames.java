package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.TensorRole;
import java.util.HashMap;
import java.util.Map;

/** What GGUF files call the tensors of a model. */
final class GgufNames {
  private static final Map<String, TensorRole> COMMON =
      Map.ofEntries(
          Map.entry("attn_norm.weight", TensorRole.ATTENTION_NORM),
          Map.entry("attn_q.weight", TensorRole.QUERY),
          Map.entry("attn_k.weight", TensorRole.KEY),
          Map.entry("attn_v.weight", TensorRole.VALUE),
          Map.entry("attn_output.weight", TensorRole.ATTENTION_OUTPUT),
          Map.entry("attn_q.bias", TensorRole.QUERY_BIAS),
          Map.entry("attn_k.bias", TensorRole.KEY_BIAS),
          Map.entry("attn_v.bias", TensorRole.VALUE_BIAS),
          Map.entry("attn_qkv.weight", TensorRole.FUSED_QKV),
          Map.entry("attn_qkv.bias", TensorRole.FUSED_QKV_BIAS),
          Map.entry("ffn_norm.weight", TensorRole.MLP_NORM),
          Map.entry("ffn_gate.weight", TensorRole.GATE),
          Map.entry("ffn_up.weight", TensorRole.UP),
          Map.entry("ffn_down.weight", TensorRole.DOWN));

  private GgufNames() {}

  /**
   * The roles of the tensors outside the layers, by name. Which family may scale RoPE by divisors,
   * and by what name, is llama.cpp's choice.
   *
   * @param longRope whether the file says that it has two sets of divisors
   */
  static Map<String, TensorRole> outside(Architecture architecture, boolean longRope) {
    var names = new HashMap<String, TensorRole>();
    names.put("token_embd.weight", TensorRole.EMBEDDING);
    names.put("output_norm.weight", TensorRole.OUTPUT_NORM);
    names.put("output.weight", TensorRole.OUTPUT);
    if (architecture == Architecture.QWEN2) {
      names.put("output.bias", TensorRole.OUTPUT_BIAS);
    }
    boolean llama = architecture == Architecture.LLAMA;
    if (llama && !longRope) {
      names.put("rope_freqs.weight", TensorRole.ROPE_FREQUENCIES);
    }
    if (architecture == Architecture.PHI3 || (llama && longRope)) {
      names.put("rope_factors_short.weight", TensorRole.ROPE_FREQUENCIES);
      names.put("rope_factors_long.weight", TensorRole.ROPE_FREQUENCIES_LONG);
    }
    return names;
  }

  /** Whether a tensor belongs to the image encoder that some files hold beside the model. */
  static boolean isOfImages(String name) {
    return name.startsWith("v.") || name.startsWith("mm.");
  }

  /**
   * From the name behind {@code blk.N.} to the role.
   *
   * @param experts whether the model has any
   */
  static Map<String, TensorRole> ofLayer(Architecture architecture, boolean experts) {
    var names = new HashMap<>(COMMON);
    switch (architecture) {
      case GEMMA3 -> {
        names.put("attn_q_norm.weight", TensorRole.QUERY_NORM);
        names.put("attn_k_norm.weight", TensorRole.KEY_NORM);
        names.put("post_attention_norm.weight", TensorRole.POST_ATTENTION_NORM);
        names.put("post_ffw_norm.weight", TensorRole.POST_MLP_NORM);
      }
      case QWEN3, QWEN3_MOE, OLMOE -> {
        names.put("attn_q_norm.weight", TensorRole.QUERY_NORM);
        names.put("attn_k_norm.weight", TensorRole.KEY_NORM);
      }
      case PHI3 -> {
        names.put("ffn_up.weight", TensorRole.FUSED_GATE_UP);
        names.remove("ffn_gate.weight");
      }
      case LLAMA -> {
        names.put("attn_output.bias", TensorRole.ATTENTION_OUTPUT_BIAS);
        names.put("ffn_gate.bias", TensorRole.GATE_BIAS);
        names.put("ffn_up.bias", TensorRole.UP_BIAS);
        names.put("ffn_down.bias", TensorRole.DOWN_BIAS);
      }
      case QWEN2 -> {}
    }
    if (experts) {
      names.put("ffn_gate_inp.weight", TensorRole.ROUTER);
      names.put("ffn_gate_exps.weight", TensorRole.EXPERT_GATE);
      names.put("ffn_up_exps.weight", TensorRole.EXPERT_UP);
      names.put("ffn_gate_up_exps.weight", TensorRole.EXPERT_GATE_UP);
      names.put("ffn_down_exps.weight", TensorRole.EXPERT_DOWN);
    }
    return names;
  }
}
