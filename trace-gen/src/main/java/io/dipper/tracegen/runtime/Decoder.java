package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.format.WeightTensor;
import io.dipper.tracegen.runtime.LayerWeights.AttentionWeights;
import io.dipper.tracegen.runtime.MatrixProducts.Product;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stack of decoder layers. A batch of segments passes one layer before the next, so that a
 * layer is decoded once for all of them; within a layer they go one after another, in chunks that
 * bound the activations.
 */
final class Decoder implements AutoCloseable {
  /** Tokens per chunk: enough for GEMM to be efficient. */
  static final int CHUNK_TOKENS = 512;

  private final ModelConfig config;
  private final WeightStore store;
  private final Workers workers;
  private final MatrixProducts products;
  private final Attention attention;
  private final FeedForwards blocks;
  private final int width;
  private float[] x = {};
  private float[] heads = {};
  private float[] added = {};

  Decoder(ModelConfig config, WeightStore store, Workers workers, MatrixProducts products) {
    this.config = config;
    this.store = store;
    this.workers = workers;
    this.products = products;
    this.attention = new Attention(config, workers, products);
    this.blocks = new FeedForwards(config, store, workers, products);
    this.width = config.shape().getHiddenSize();
  }

  /** A segment of a sequence of at most {@code context} tokens, with its embeddings as state. */
  Segment embed(int sequence, int context, int firstPosition, int[] tokens, KvCache cache) {
    WeightTensor embedding = WeightRows.all(store.file(), TensorRole.EMBEDDING, -1).tensor();
    float[] state = new float[tokens.length * width];
    float scale = config.embeddingScale();
    workers.overRows(
        tokens.length,
        (first, end) -> {
          for (int r = first; r < end; r++) {
            embedding.decode(tokens[r], 1, state, r * width);
            for (int i = r * width; i < (r + 1) * width; i++) {
              state[i] *= scale;
            }
          }
        });
    return new Segment(sequence, context, firstPosition, tokens, cache, state);
  }

  /**
   * Takes segments through all layers; their state is then what the final norm sees.
   *
   * @param afterLayer told the number of each layer that is done
   */
  void run(List<Segment> batch, MlpHook hook, IntConsumer afterLayer) {
    for (int layer = 0; layer < config.shape().getLayers(); layer++) {
      Layer current =
          new Layer(LayerWeights.decode(store, config.norm(), layer), blocks.prepared(layer));
      for (Segment segment : batch) {
        prepare(segment.context());
        for (int first = 0; first < segment.rows(); first += CHUNK_TOKENS) {
          int rows = Math.min(CHUNK_TOKENS, segment.rows() - first);
          Chunk chunk = new Chunk(layer, segment.sequence(), segment.firstPosition() + first, rows);
          runChunk(current, chunk, segment, hook);
        }
      }
      afterLayer.accept(layer);
    }
  }

  private record Layer(LayerWeights weights, FeedForward block) {}

  private void runChunk(Layer layer, Chunk chunk, Segment segment, MlpHook hook) {
    float[] input = attend(layer.weights(), chunk, segment);
    layer.block().apply(chunk, input, hook, added);
    add(layer.weights(), added, chunk, segment);
  }

  /**
   * Attention of a layer on a chunk of a segment, whose context it was {@linkplain #prepare
   * prepared} for.
   *
   * @return the normalised input of the layer's feed-forward block, a row of H per token; valid
   *     until the next chunk
   */
  float[] attend(LayerWeights weights, Chunk chunk, Segment segment) {
    int rows = chunk.rows();
    reserve(rows);
    float[] state = segment.state();
    int offset = (chunk.firstPosition() - segment.firstPosition()) * width;
    AttentionWeights forAttention = weights.attention();
    forAttention.norm().applyRows(workers, state, offset, x, rows);
    attention.apply(forAttention, chunk, segment.cache(), x, heads);
    products.multiply(heads, rows, new Product(forAttention.output(), added));
    add(forAttention.postNorm(), added, state, offset, rows);
    weights.mlpNorm().applyRows(workers, state, offset, x, rows);
    return x;
  }

  /** Segments of a context of so many tokens come next. */
  void prepare(int context) {
    attention.prepare(context);
  }

  /** Adds what a layer's feed-forward block makes of a chunk; its values may be changed. */
  void add(LayerWeights weights, float[] output, Chunk chunk, Segment segment) {
    int offset = (chunk.firstPosition() - segment.firstPosition()) * width;
    add(weights.postMlpNorm(), output, segment.state(), offset, chunk.rows());
  }

  /** Adds a block's output, normalised where the model does so, to the residual stream. */
  private void add(@Nullable RmsNorm norm, float[] output, float[] state, int offset, int rows) {
    if (norm != null) {
      norm.applyRows(workers, output, 0, output, rows);
    }
    workers.overRows(
        rows,
        (first, end) -> {
          for (int i = first * width; i < end * width; i++) {
            state[offset + i] += output[i];
          }
        });
  }

  private void reserve(int rows) {
    if (x.length < rows * width) {
      x = new float[rows * width];
      added = new float[rows * width];
      heads = new float[rows * attention.width()];
    }
  }

  @Override
  public void close() {
    attention.close();
    blocks.close();
  }
}
