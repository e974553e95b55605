package io.dipper.tracegen.runtime;

import io.dipper.trace.Site;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.runtime.LayerWeights.MlpWeights;
import io.dipper.tracegen.runtime.MatrixProducts.Product;

/**
 * The gated MLP: {@code y = W_down (act(W_gate x) ⊙ W_up x)}, with a hook at each of its sites
 * (Shazeer, arXiv 2002.05202).
 */
final class MlpBlock {
  private final ModelConfig config;
  private final Workers workers;
  private final MatrixProducts products;
  private float[] gate = {};
  private float[] up = {};

  MlpBlock(ModelConfig config, Workers workers, MatrixProducts products) {
    this.config = config;
    this.workers = workers;
    this.products = products;
  }

  /**
   * Runs the block on a chunk of tokens of one sequence.
   *
   * @param x the normalised input, a row of H per token; the hook may change it
   * @param out receives the output, a row of H per token
   */
  void apply(MlpWeights weights, Chunk chunk, float[] x, MlpHook hook, float[] out) {
    int rows = chunk.rows();
    int width = config.shape().getIntermediateSize();
    if (gate.length < rows * width) {
      gate = new float[rows * width];
      up = new float[rows * width];
    }
    at(Site.X, chunk, hook, x);
    products.multiply(x, rows, new Product(weights.gate(), gate), new Product(weights.up(), up));
    workers.overRows(
        rows, (first, end) -> Gate.apply(config.activation(), gate, first * width, end * width));
    at(Site.GATE, chunk, hook, gate);
    at(Site.UP, chunk, hook, up);
    float[] glu = gate;
    workers.overRows(rows, (first, end) -> multiply(glu, up, first * width, end * width));
    at(Site.GLU, chunk, hook, glu);
    products.multiply(glu, rows, new Product(weights.down(), out));
  }

  private static void at(Site site, Chunk chunk, MlpHook hook, float[] values) {
    hook.at(site, chunk.layer(), chunk.sequence(), chunk.firstPosition(), chunk.rows(), values);
  }

  private static void multiply(float[] values, float[] factors, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] *= factors[i];
    }
  }
}
