package io.dipper.tracegen.runtime;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one decoder layer, decoded; fused matrices of a file are taken apart.
 *
 * @param query heads * head dim rows of H; keys and values: kv heads * head dim rows
 * @param queryNorm of each head, before the rotation (qwen3, gemma3); null for none
 * @param postAttentionNorm on what attention adds to the residual (gemma3); null for none
 * @param gate I rows of H, as up; down: H rows of I
 * @param postMlpNorm on what the MLP adds to the residual (gemma3); null for none
 */
record LayerWeights(
    RmsNorm attentionNorm,
    NativeMatrix query,
    NativeMatrix key,
    NativeMatrix value,
    float @Nullable [] queryBias,
    float @Nullable [] keyBias,
    float @Nullable [] valueBias,
    @Nullable RmsNorm queryNorm,
    @Nullable RmsNorm keyNorm,
    NativeMatrix attentionOutput,
    @Nullable RmsNorm postAttentionNorm,
    RmsNorm mlpNorm,
    NativeMatrix gate,
    NativeMatrix up,
    NativeMatrix down,
    @Nullable RmsNorm postMlpNorm) {

  /** Decodes a layer; valid until the next one is. */
  static LayerWeights decode(WeightStore store, ModelConfig config, int layer) {
    ModelShape shape = config.shape();
    int headRows = shape.getHeads() * shape.getHeadDim();
    int kvRows = shape.getKvHeads() * shape.getHeadDim();
    int hidden = shape.getIntermediateSize();
    boolean fusedQkv = store.has(TensorRole.FUSED_QKV, layer);
    boolean fusedGateUp = store.has(TensorRole.FUSED_GATE_UP, layer);
    TensorRole query = fusedQkv ? TensorRole.FUSED_QKV : TensorRole.QUERY;
    TensorRole key = fusedQkv ? TensorRole.FUSED_QKV : TensorRole.KEY;
    TensorRole value = fusedQkv ? TensorRole.FUSED_QKV : TensorRole.VALUE;
    TensorRole gate = fusedGateUp ? TensorRole.FUSED_GATE_UP : TensorRole.GATE;
    TensorRole up = fusedGateUp ? TensorRole.FUSED_GATE_UP : TensorRole.UP;
    return new LayerWeights(
        required(store, config, TensorRole.ATTENTION_NORM, layer),
        store.matrix(query, layer, 0, headRows),
        store.matrix(key, layer, fusedQkv ? headRows : 0, kvRows),
        store.matrix(value, layer, fusedQkv ? headRows + kvRows : 0, kvRows),
        store.vector(TensorRole.QUERY_BIAS, layer).orElse(null),
        store.vector(TensorRole.KEY_BIAS, layer).orElse(null),
        store.vector(TensorRole.VALUE_BIAS, layer).orElse(null),
        optional(store, config, TensorRole.QUERY_NORM, layer),
        optional(store, config, TensorRole.KEY_NORM, layer),
        store.matrix(TensorRole.ATTENTION_OUTPUT, layer),
        optional(store, config, TensorRole.POST_ATTENTION_NORM, layer),
        required(store, config, TensorRole.MLP_NORM, layer),
        store.matrix(gate, layer, 0, hidden),
        store.matrix(up, layer, fusedGateUp ? hidden : 0, hidden),
        store.matrix(TensorRole.DOWN, layer),
        optional(store, config, TensorRole.POST_MLP_NORM, layer));
  }

  private static RmsNorm required(
      WeightStore store, ModelConfig config, TensorRole role, int layer) {
    store.tensor(role, layer);
    RmsNorm norm = optional(store, config, role, layer);
    return java.util.Objects.requireNonNull(norm);
  }

  private static @Nullable RmsNorm optional(
      WeightStore store, ModelConfig config, TensorRole role, int layer) {
    return store
        .vector(role, layer)
        .map(stored -> RmsNorm.of(stored, config.normOffset(), config.normEpsilon()))
        .orElse(null);
  }
}
