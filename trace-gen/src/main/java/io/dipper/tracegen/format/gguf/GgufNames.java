package io.dipper.tracegen.format.gguf;

import io.dipper.tracegen.format.ModelConfig.Architecture;
import io.dipper.tracegen.format.TensorRole;
import java.util.HashMap;
import java.util.Map;

/** What GGUF files call the tensors of a model. */
final class GgufNames {
  /** Outside the layers. */
  static final Map<String, TensorRole> OUTER =
      Map.of(
          "token_embd.weight", TensorRole.EMBEDDING,
          "output_norm.weight", TensorRole.OUTPUT_NORM,
          "output.weight", TensorRole.OUTPUT,
          "rope_freqs.weight", TensorRole.ROPE_FREQUENCIES,
          "rope_factors_short.weight", TensorRole.ROPE_FREQUENCIES,
          "rope_factors_long.weight", TensorRole.ROPE_FREQUENCIES_LONG);

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
          Map.entry("ffn_norm.weight", TensorRole.MLP_NORM),
          Map.entry("ffn_gate.weight", TensorRole.GATE),
          Map.entry("ffn_up.weight", TensorRole.UP),
          Map.entry("ffn_down.weight", TensorRole.DOWN));

  private GgufNames() {}

  /** From the name behind {@code blk.N.} to the role. */
  static Map<String, TensorRole> ofLayer(Architecture architecture) {
    var names = new HashMap<>(COMMON);
    switch (architecture) {
      case GEMMA3 -> {
        names.put("attn_q_norm.weight", TensorRole.QUERY_NORM);
        names.put("attn_k_norm.weight", TensorRole.KEY_NORM);
        names.put("post_attention_norm.weight", TensorRole.POST_ATTENTION_NORM);
        names.put("post_ffw_norm.weight", TensorRole.POST_MLP_NORM);
      }
      case QWEN3 -> {
        names.put("attn_q_norm.weight", TensorRole.QUERY_NORM);
        names.put("attn_k_norm.weight", TensorRole.KEY_NORM);
      }
      case PHI3 -> {
        names.put("attn_qkv.weight", TensorRole.FUSED_QKV);
        names.put("ffn_up.weight", TensorRole.FUSED_GATE_UP);
      }
      case LLAMA, QWEN2 -> {}
    }
    return names;
  }
}
