package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import java.util.Objects;
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
    ModelFile file = store.file();
    return new LayerWeights(
        required(store, config, TensorRole.ATTENTION_NORM, layer),
        store.matrix(WeightRows.query(file, layer)),
        store.matrix(WeightRows.key(file, layer)),
        store.matrix(WeightRows.value(file, layer)),
        store.vector(TensorRole.QUERY_BIAS, layer).orElse(null),
        store.vector(TensorRole.KEY_BIAS, layer).orElse(null),
        store.vector(TensorRole.VALUE_BIAS, layer).orElse(null),
        optional(store, config, TensorRole.QUERY_NORM, layer),
        optional(store, config, TensorRole.KEY_NORM, layer),
        store.matrix(WeightRows.all(file, TensorRole.ATTENTION_OUTPUT, layer)),
        optional(store, config, TensorRole.POST_ATTENTION_NORM, layer),
        required(store, config, TensorRole.MLP_NORM, layer),
        store.matrix(WeightRows.gate(file, layer)),
        store.matrix(WeightRows.up(file, layer)),
        store.matrix(WeightRows.down(file, layer)),
        optional(store, config, TensorRole.POST_MLP_NORM, layer));
  }

  private static RmsNorm required(
      WeightStore store, ModelConfig config, TensorRole role, int layer) {
    return Objects.requireNonNull(
        optional(store, config, role, layer), () -> "no tensor " + role + " in layer " + layer);
  }

  private static @Nullable RmsNorm optional(
      WeightStore store, ModelConfig config, TensorRole role, int layer) {
    return store
        .vector(role, layer)
        .map(stored -> RmsNorm.of(stored, config.normOffset(), config.normEpsilon()))
        .orElse(null);
  }
}
