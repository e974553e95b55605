package io.dipper.hwsim.profile.model;

import io.dipper.proto.ModelShape;
import io.dipper.proto.WeightBits;
import io.dipper.trace.RoutedLayers;

/**
 * The shape of a known model.
 *
 * @param tied whether the output head is the embedding
 * @param activation {@code swiglu} or {@code geglu}; a mask does not care
 * @param source where the numbers come from
 */
public record NamedShape(ModelShape shape, boolean tied, String activation, String source) {
  public String name() {
    return shape.getName();
  }

  /**
   * The weights of all matrices: embedding, attention, MLP or experts with their routers, and the
   * head where it is its own.
   */
  public long parameters() {
    return attentionWeights() + mlpWeights() + routers() + (tied ? 1 : 2) * vocabularyWeights();
  }

  /** The bytes of all matrices; a file adds norms, vocabulary and metadata. */
  public double bytes(WeightBits bits) {
    double head = tied ? 0 : vocabularyWeights() * bits.getHead();
    return (attentionWeights() * bits.getAttention()
            + mlpWeights() * bits.getMlp()
            + routers() * Float.SIZE
            + vocabularyWeights() * bits.getEmbedding()
            + head)
        / 8;
  }

  /** The weights of the query, key, value and output matrices of all layers. */
  public long attentionWeights() {
    if (shape.getAttentionWeights() > 0) {
      return shape.getAttentionWeights();
    }
    long heads = shape.getHeads() + shape.getKvHeads();
    return 2L * shape.getHiddenSize() * shape.getHeadDim() * heads * shape.getLayers();
  }

  /** The weights of the MLPs of all layers, experts and all. */
  public long mlpWeights() {
    long routed = RoutedLayers.count(shape);
    long dense = (shape.getLayers() - routed) * shape.getIntermediateSize();
    long units = (long) shape.getExperts() * shape.getExpertIntermediateSize();
    return 3L
        * shape.getHiddenSize()
        * (dense + routed * (units + shape.getSharedIntermediateSize()));
  }

  /** Files store routers as F32. */
  private long routers() {
    return (long) RoutedLayers.count(shape) * shape.getExperts() * shape.getHiddenSize();
  }

  /** The weights of the embedding, and of the head. */
  public long vocabularyWeights() {
    return (long) shape.getHiddenSize() * shape.getVocabularySize();
  }
}
