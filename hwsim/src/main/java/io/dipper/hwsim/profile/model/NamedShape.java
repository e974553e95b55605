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
    return attention() + mlp() + routers() + (tied ? 1 : 2) * vocabulary();
  }

  /** The bytes of all matrices; a file adds norms, vocabulary and metadata. */
  public double bytes(WeightBits bits) {
    double head = tied ? 0 : vocabulary() * bits.getHead();
    return (attention() * bits.getAttention()
            + mlp() * bits.getMlp()
            + routers() * Float.SIZE
            + vocabulary() * bits.getEmbedding()
            + head)
        / 8;
  }

  private long attention() {
    if (shape.getAttentionWeights() > 0) {
      return shape.getAttentionWeights();
    }
    long heads = shape.getHeads() + shape.getKvHeads();
    return 2L * shape.getHiddenSize() * shape.getHeadDim() * heads * shape.getLayers();
  }

  private long mlp() {
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

  private long vocabulary() {
    return (long) shape.getHiddenSize() * shape.getVocabularySize();
  }
}
