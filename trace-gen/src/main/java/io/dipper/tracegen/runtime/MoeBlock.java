package io.dipper.tracegen.runtime;

import io.dipper.proto.ModelShape;
import io.dipper.trace.Site;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.runtime.MatrixProducts.Product;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mixture of experts: {@code y = Σ w_e W_down,e (act(W_gate,e x) ⊙ W_up,e x)} over the experts
 * that the router chose for a token (Shazeer et al., arXiv 1701.06538; Fedus et al., 2101.03961).
 *
 * <p>The tokens of a chunk are sorted by expert, so that each chosen expert is one product; the
 * others' weights are not touched. A token's outputs are summed in the order of ranks, so results
 * do not depend on the number of threads.
 */
final class MoeBlock implements FeedForward, AutoCloseable {
  private final ModelConfig config;
  private final WeightStore store;
  private final Workers workers;
  private final MatrixProducts products;
  private final Router router;
  private final ExpertProducts experts;
  private final int hidden;
  private final int width;
  private int layer = -1;
  private @Nullable Linear gate;
  private float[] logits = {};
  private float[] logitsAhead = {};
  private float[] glu = {};
  private float[] up = {};
  private float[] byRank = {};
  private float[] outputs = {};

  MoeBlock(ModelConfig config, WeightStore store, Workers workers, MatrixProducts products) {
    ModelShape shape = config.shape();
    this.config = config;
    this.store = store;
    this.workers = workers;
    this.products = products;
    this.router = new Router(shape);
    this.hidden = shape.getHiddenSize();
    this.width = shape.getExpertIntermediateSize();
    this.experts = new ExpertProducts(config, store, workers);
  }

  @Override
  public void prepare(int next) {
    layer = next;
    WeightRows rows = WeightRows.all(store.file(), TensorRole.ROUTER, next);
    gate = new Linear(store.matrix(rows), null);
  }

  @Override
  public void apply(Chunk chunk, float[] x, MlpHook hook, float[] out) {
    int rows = chunk.rows();
    int all = config.shape().getExperts();
    logits = atLeast(logits, rows * all);
    FeedForward.at(Site.X, chunk, hook, x);
    products.multiply(x, rows, new Product(Objects.requireNonNull(gate), logits));
    FeedForward.at(Site.ROUTER, chunk, hook, logits);
    if (hook.sees(Site.ROUTER_AHEAD) && Site.ROUTER_AHEAD.width(config.shape(), layer) > 0) {
      showNextRouter(chunk, x, hook);
    }
    Routing own = router.route(logits, rows, workers);
    Routing routing = hook.route(layer, chunk.sequence(), chunk.firstPosition(), rows, logits, own);
    TokensByExpert tokens = new TokensByExpert(routing, rows, all);
    glu = atLeast(glu, tokens.size() * width);
    outputs = atLeast(outputs, tokens.size() * hidden);
    activate(chunk, tokens, routing.ranks(), x, hook);
    experts.down(layer, tokens, glu, outputs);
    sum(tokens, routing, rows, out);
  }

  /** Lets the hook see what the next layer's router makes of this layer's input. */
  private void showNextRouter(Chunk chunk, float[] x, MlpHook hook) {
    WeightRows rows = WeightRows.all(store.file(), TensorRole.ROUTER, layer + 1);
    logitsAhead = atLeast(logitsAhead, chunk.rows() * config.shape().getExperts());
    products.multiply(
        x, chunk.rows(), new Product(new Linear(store.matrix(rows), null), logitsAhead));
    FeedForward.at(Site.ROUTER_AHEAD, chunk, hook, logitsAhead);
    prepare(layer); // beyond the store's budget its two routers share one place
  }

  /** Fills in the GLU activations; their factors are kept apart only for a hook that sees them. */
  private void activate(Chunk chunk, TokensByExpert tokens, int ranks, float[] x, MlpHook hook) {
    if (hook.sees(Site.EXPERT_GATE) || hook.sees(Site.EXPERT_UP)) {
      int n = tokens.size() * width;
      up = atLeast(up, n);
      experts.glu(layer, tokens, ranks, x, glu, up);
      show(Site.EXPERT_GATE, chunk, tokens, ranks, hook, glu);
      show(Site.EXPERT_UP, chunk, tokens, ranks, hook, up);
      Gate.multiply(glu, up, 0, n);
    } else {
      experts.glu(layer, tokens, ranks, x, glu, null);
    }
    show(Site.EXPERT_GLU, chunk, tokens, ranks, hook, glu);
  }

  /** Lets the hook see activations by token and rank, and change them. */
  private void show(
      Site site, Chunk chunk, TokensByExpert tokens, int ranks, MlpHook hook, float[] sorted) {
    if (!hook.sees(site)) {
      return;
    }
    int n = chunk.rows() * ranks * width;
    byRank = atLeast(byRank, n);
    Arrays.fill(byRank, 0, n, 0);
    for (int i = 0; i < tokens.size(); i++) {
      System.arraycopy(sorted, i * width, byRank, tokens.place(i) * width, width);
    }
    FeedForward.at(site, chunk, hook, byRank);
    for (int i = 0; i < tokens.size(); i++) {
      System.arraycopy(byRank, tokens.place(i) * width, sorted, i * width, width);
    }
  }

  private void sum(TokensByExpert tokens, Routing routing, int rows, float[] out) {
    int ranks = routing.ranks();
    int[] indexes = new int[rows * ranks];
    Arrays.fill(indexes, -1);
    for (int i = 0; i < tokens.size(); i++) {
      indexes[tokens.place(i)] = i;
    }
    workers.overRows(
        rows,
        (first, end) -> {
          Arrays.fill(out, first * hidden, end * hidden, 0);
          for (int place = first * ranks; place < end * ranks; place++) {
            if (indexes[place] >= 0) {
              int to = place / ranks * hidden;
              int from = indexes[place] * hidden;
              float weight = routing.weights()[place];
              for (int i = 0; i < hidden; i++) {
                out[to + i] += weight * outputs[from + i];
              }
            }
          }
        });
  }

  private static float[] atLeast(float[] current, int length) {
    return current.length >= length ? current : new float[length];
  }

  @Override
  public void close() {
    experts.close();
  }
}
