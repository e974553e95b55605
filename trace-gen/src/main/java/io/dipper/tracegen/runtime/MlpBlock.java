package io.dipper.tracegen.runtime;

import io.dipper.adapter.AdapterTarget;
import io.dipper.trace.Site;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.runtime.MatrixProducts.Product;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gated MLP: {@code y = W_down (act(W_gate x) ⊙ W_up x)}, with a hook at each of its sites
 * (Shazeer, arXiv 2002.05202).
 */
final class MlpBlock implements FeedForward {
  private final ModelConfig config;
  private final WeightStore store;
  private final Workers workers;
  private final MatrixProducts products;
  private @Nullable Weights weights;
  private float[] gate = {};
  private float[] up = {};

  MlpBlock(ModelConfig config, WeightStore store, Workers workers, MatrixProducts products) {
    this.config = config;
    this.store = store;
    this.workers = workers;
    this.products = products;
  }

  /**
   * What the block multiplies by.
   *
   * @param gate I rows of H, as up; down: H rows of I
   */
  private record Weights(Linear gate, Linear up, Linear down) {}

  @Override
  public void prepare(int layer) {
    ModelFile file = store.file();
    weights =
        new Weights(
            linear(WeightRows.gate(file, layer), TensorRole.GATE_BIAS, AdapterTarget.GATE),
            linear(WeightRows.up(file, layer), TensorRole.UP_BIAS, AdapterTarget.UP),
            linear(WeightRows.down(file, layer), TensorRole.DOWN_BIAS, AdapterTarget.DOWN));
  }

  private Linear linear(WeightRows rows, TensorRole bias, AdapterTarget target) {
    return new Linear(
        store.matrix(rows),
        store.vector(bias, rows.layer()).orElse(null),
        store.adapters().find(rows.layer(), target));
  }

  @Override
  public void apply(Chunk chunk, float[] x, MlpHook hook, float[] out) {
    Weights w = Objects.requireNonNull(weights);
    int rows = chunk.rows();
    int width = config.shape().getIntermediateSize();
    if (gate.length < rows * width) {
      gate = new float[rows * width];
      up = new float[rows * width];
    }
    FeedForward.at(Site.X, chunk, hook, x);
    products.multiply(x, rows, new Product(w.gate(), gate), new Product(w.up(), up));
    workers.overRows(
        rows, (first, end) -> Gate.apply(config.activation(), gate, first * width, end * width));
    FeedForward.at(Site.GATE, chunk, hook, gate);
    FeedForward.at(Site.UP, chunk, hook, up);
    float[] glu = gate;
    workers.overRows(rows, (first, end) -> Gate.multiply(glu, up, first * width, end * width));
    FeedForward.at(Site.GLU, chunk, hook, glu);
    products.multiply(glu, rows, new Product(w.down(), out));
  }
}
