package io.dipper.tracegen.runtime;

import io.dipper.adapter.AdapterTarget;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.Norm;
import io.dipper.tracegen.format.TensorRole;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one decoder layer without those of its feed-forward block, decoded; fused matrices
 * of a file are taken apart.
 *
 * @param mlpNorm of the feed-forward block's input
 * @param postMlpNorm on what the block adds to the residual (gemma3); null for none
 */
record LayerWeights(AttentionWeights attention, RmsNorm mlpNorm, @Nullable RmsNorm postMlpNorm) {

  /**
   * What attention multiplies by.
   *
   * @param norm of its input
   * @param query heads * head dim rows of H; key and value: kv heads * head dim rows
   * @param heads the norms of queries and keys
   * @param output H rows of heads * head dim
   * @param postNorm on what attention adds to the residual (gemma3); null for none
   */
  record AttentionWeights(
      RmsNorm norm,
      Linear query,
      Linear key,
      Linear value,
      HeadNorms heads,
      Linear output,
      @Nullable RmsNorm postNorm) {}

  /**
   * Norms before the rotation, of each head (qwen3, gemma3) or of all heads together (olmoe); null
   * for none.
   */
  record HeadNorms(@Nullable RmsNorm query, @Nullable RmsNorm key) {
    static final HeadNorms NONE = new HeadNorms(null, null);
  }

  /** Decodes a layer; valid until the next one is. */
  static LayerWeights decode(WeightStore store, Norm norm, int layer) {
    var reader = new Reader(store, norm, layer);
    return new LayerWeights(
        reader.attention(),
        reader.required(TensorRole.MLP_NORM),
        reader.optional(TensorRole.POST_MLP_NORM));
  }

  /** Decodes the weights of one layer by their roles. */
  private record Reader(WeightStore store, Norm norm, int layer) {

    AttentionWeights attention() {
      ModelFile file = store.file();
      WeightRows query = WeightRows.query(file, layer);
      WeightRows key = WeightRows.key(file, layer);
      WeightRows value = WeightRows.value(file, layer);
      return new AttentionWeights(
          required(TensorRole.ATTENTION_NORM),
          linear(query, bias(TensorRole.QUERY_BIAS, query), AdapterTarget.QUERY),
          linear(key, bias(TensorRole.KEY_BIAS, key), AdapterTarget.KEY),
          linear(value, bias(TensorRole.VALUE_BIAS, value), AdapterTarget.VALUE),
          new HeadNorms(optional(TensorRole.QUERY_NORM), optional(TensorRole.KEY_NORM)),
          linear(
              WeightRows.all(file, TensorRole.ATTENTION_OUTPUT, layer),
              vector(TensorRole.ATTENTION_OUTPUT_BIAS),
              AdapterTarget.OUTPUT),
          optional(TensorRole.POST_ATTENTION_NORM));
    }

    private Linear linear(WeightRows rows, float @Nullable [] bias, AdapterTarget target) {
      return new Linear(store.matrix(rows), bias, store.adapters().find(layer, target));
    }

    /** The bias of query, key or value: its own vector, or the same part of the fused one. */
    private float @Nullable [] bias(TensorRole own, WeightRows rows) {
      float[] fused = vector(TensorRole.FUSED_QKV_BIAS);
      return fused == null
          ? vector(own)
          : Arrays.copyOfRange(fused, rows.firstRow(), rows.firstRow() + rows.rows());
    }

    private float @Nullable [] vector(TensorRole role) {
      return store.vector(role, layer).orElse(null);
    }

    private RmsNorm required(TensorRole role) {
      return Objects.requireNonNull(
          optional(role), () -> "no tensor " + role + " in layer " + layer);
    }

    private @Nullable RmsNorm optional(TensorRole role) {
      return store.vector(role, layer).map(stored -> RmsNorm.of(stored, norm)).orElse(null);
    }
  }
}
