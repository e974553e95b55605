package io.dipper.tracegen.runtime;

import io.dipper.trace.RoutedLayers;
import io.dipper.tracegen.format.ModelConfig;

/** The feed-forward blocks of a model's layers: a gated MLP, or experts. */
final class FeedForwards implements AutoCloseable {
  private final ModelConfig config;
  private final MlpBlock mlp;
  private final MoeBlock experts;

  FeedForwards(ModelConfig config, WeightStore store, Workers workers, MatrixProducts products) {
    this.config = config;
    this.mlp = new MlpBlock(config, store, workers, products);
    this.experts = new MoeBlock(config, store, workers, products);
  }

  /** The block of a layer, with its weights. */
  FeedForward prepared(int layer) {
    FeedForward block = RoutedLayers.isRouted(config.shape(), layer) ? experts : mlp;
    block.prepare(layer);
    return block;
  }

  @Override
  public void close() {
    experts.close();
  }
}
