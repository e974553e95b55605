package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.Norm;
import io.dipper.tracegen.format.TensorRole;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The weights of one decoder layer, decoded; fused matrices of a file are taken apart. */
record LayerWeights(AttentionWeights attention, MlpWeights mlp) {

  /**
   * What attention multiplies by.
   *
   * @param norm of its input
   * @param query heads * head dim rows of H; key and value: kv heads * head dim rows
   * @param heads the norms of each head
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

  /** Norms of each head before the rotation (qwen3, gemma3); null for none. */
  record HeadNorms(@Nullable RmsNorm query, @Nullable RmsNorm key) {
    static final HeadNorms NONE = new HeadNorms(null, null);
  }

  /**
   * What the gated MLP multiplies by.
   *
   * @param norm of its input
   * @param gate I rows of H, as up; down: H rows of I
   * @param postNorm on what the MLP adds to the residual (gemma3); null for none
   */
  record MlpWeights(
      RmsNorm norm, Linear gate, Linear up, Linear down, @Nullable RmsNorm postNorm) {}

  /** Decodes a layer; valid until the next one is. */
  static LayerWeights decode(WeightStore store, Norm norm, int layer) {
    var reader = new Reader(store, norm, layer);
    return new LayerWeights(reader.attention(), reader.mlp());
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
          linear(query, bias(TensorRole.QUERY_BIAS, query)),
          linear(key, bias(TensorRole.KEY_BIAS, key)),
          linear(value, bias(TensorRole.VALUE_BIAS, value)),
          new HeadNorms(optional(TensorRole.QUERY_NORM), optional(TensorRole.KEY_NORM)),
          linear(
              WeightRows.all(file, TensorRole.ATTENTION_OUTPUT, layer),
              vector(TensorRole.ATTENTION_OUTPUT_BIAS)),
          optional(TensorRole.POST_ATTENTION_NORM));
    }

    MlpWeights mlp() {
      ModelFile file = store.file();
      return new MlpWeights(
          required(TensorRole.MLP_NORM),
          linear(WeightRows.gate(file, layer), vector(TensorRole.GATE_BIAS)),
          linear(WeightRows.up(file, layer), vector(TensorRole.UP_BIAS)),
          linear(WeightRows.down(file, layer), vector(TensorRole.DOWN_BIAS)),
          optional(TensorRole.POST_MLP_NORM));
    }

    private Linear linear(WeightRows rows, float @Nullable [] bias) {
      return new Linear(store.matrix(rows), bias);
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
