package io.dipper.tracegen.format;

import io.dipper.proto.WeightBits;
import java.util.List;

/** Bits per weight as a file stores them, block scales included, by kind of layer. */
public final class StoredBits {
  private static final List<TensorRole> MLP =
      List.of(
          TensorRole.GATE,
          TensorRole.UP,
          TensorRole.FUSED_GATE_UP,
          TensorRole.DOWN,
          TensorRole.EXPERT_GATE,
          TensorRole.EXPERT_UP,
          TensorRole.EXPERT_GATE_UP,
          TensorRole.EXPERT_DOWN);
  private static final List<TensorRole> ATTENTION =
      List.of(
          TensorRole.QUERY,
          TensorRole.KEY,
          TensorRole.VALUE,
          TensorRole.FUSED_QKV,
          TensorRole.ATTENTION_OUTPUT);
  private static final double FP16 = 16;

  private StoredBits() {}

  /**
   * Measures a model. A tied head has the embedding's bits. What no file stores (the KV cache, a
   * predictor) counts as fp16.
   */
  public static WeightBits of(TensorTable tensors, int layers) {
    double embedding = perWeight(tensors, List.of(TensorRole.EMBEDDING), -1, 0);
    boolean tied = tensors.get(TensorRole.OUTPUT, -1).isEmpty();
    return WeightBits.newBuilder()
        .setMlp(perWeight(tensors, MLP, 0, layers))
        .setAttention(perWeight(tensors, ATTENTION, 0, layers))
        .setHead(tied ? embedding : perWeight(tensors, List.of(TensorRole.OUTPUT), -1, 0))
        .setEmbedding(embedding)
        .setKvCache(FP16)
        .setPredictor(FP16)
        .build();
  }

  private static double perWeight(TensorTable tensors, List<TensorRole> roles, int from, int to) {
    long bytes = 0;
    long weights = 0;
    for (int layer = from; layer < to; layer++) {
      for (TensorRole role : roles) {
        WeightTensor tensor = tensors.get(role, layer).orElse(null);
        if (tensor != null) {
          bytes += tensor.storedBytes();
          weights += (long) tensor.rows() * tensor.columns();
        }
      }
    }
    return 8.0 * bytes / weights;
  }
}
