package io.dipper.tracegen.runtime;

import io.dipper.trace.Site;
import io.dipper.tracegen.format.ModelConfig;
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
   * @param x the normalised input, {@code rows} times H; the hook may change it
   * @param out receives the output, {@code rows} times H
   */
  void apply(
      LayerWeights weights,
      int layer,
      int sequence,
      int firstPosition,
      int rows,
      float[] x,
      MlpHook hook,
      float[] out) {
    int width = config.shape().getIntermediateSize();
    if (gate.length < rows * width) {
      gate = new float[rows * width];
      up = new float[rows * width];
    }
    hook.at(Site.X, layer, sequence, firstPosition, rows, x);
    products.multiply(
        x, rows, new Product(weights.gate(), null, gate), new Product(weights.up(), null, up));
    workers.overRows(
        rows, (first, end) -> Gate.apply(config.activation(), gate, first * width, end * width));
    hook.at(Site.GATE, layer, sequence, firstPosition, rows, gate);
    hook.at(Site.UP, layer, sequence, firstPosition, rows, up);
    float[] glu = gate;
    workers.overRows(rows, (first, end) -> multiply(glu, up, first * width, end * width));
    hook.at(Site.GLU, layer, sequence, firstPosition, rows, glu);
    products.multiply(glu, rows, new Product(weights.down(), null, out));
  }

  private static void multiply(float[] values, float[] factors, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] *= factors[i];
    }
  }
}
