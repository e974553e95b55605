package io.dipper.tracegen.runtime;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.AttentionConfig;
import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.runtime.LayerWeights.AttentionWeights;
import io.dipper.tracegen.runtime.LayerWeights.HeadNorms;
import io.dipper.tracegen.runtime.MatrixProducts.Product;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Causal self-attention with grouped queries: {@code softmax(q Kᵀ · scale) V} per head, over the
 * tokens of the sequence so far or, in a windowed layer, over the last few of them.
 *
 * <p>The queries of one kv head's group and of some consecutive tokens are one matrix, so that both
 * products are GEMMs; the tasks are these tiles.
 */
final class Attention implements AutoCloseable {
  private static final int TILE_TOKENS = 64;
  private static final int TILE_SCORES = 1 << 22;

  private final AttentionConfig config;
  private final int heads;
  private final int kvHeads;
  private final int headDim;
  private final Workers workers;
  private final MatrixProducts products;
  private final RotaryEmbedding rope;
  private final RotaryEmbedding localRope;
  private final TileBuffers[] buffers;
  private float[] query = {};
  private float[] key = {};
  private float[] value = {};

  Attention(ModelConfig config, Workers workers, MatrixProducts products) {
    ModelShape shape = config.shape();
    this.config = config.attention();
    this.heads = shape.getHeads();
    this.kvHeads = shape.getKvHeads();
    this.headDim = shape.getHeadDim();
    this.workers = workers;
    this.products = products;
    this.rope = new RotaryEmbedding(config.attention().rope());
    this.localRope = config.attention().ownLocalRope().map(RotaryEmbedding::new).orElse(rope);
    this.buffers = new TileBuffers[workers.threads()];
    Arrays.setAll(buffers, i -> new TileBuffers());
  }

  /** Gets ready for a sequence of so many tokens in all. */
  void prepare(int context) {
    rope.prepare(context);
    localRope.prepare(context);
  }

  /** The width of {@code out} in {@link #apply}: heads times head dimension. */
  int width() {
    return heads * headDim;
  }

  /**
   * Attends from a chunk of tokens to all before it and itself, and stores its keys and values.
   *
   * @param x the normalised input, a row of H per token
   * @param out receives the heads' outputs side by side, a row of {@link #width} per token
   */
  void apply(AttentionWeights weights, Chunk chunk, KvCache cache, float[] x, float[] out) {
    int rows = chunk.rows();
    int layer = chunk.layer();
    query = atLeast(query, rows * width());
    key = atLeast(key, rows * kvHeads * headDim);
    value = atLeast(value, rows * kvHeads * headDim);
    products.multiply(
        x,
        rows,
        new Product(weights.query(), query),
        new Product(weights.key(), key),
        new Product(weights.value(), value));
    RotaryEmbedding rotation = config.windows().isLocal(layer) ? localRope : rope;
    HeadNorms norms = weights.heads();
    workers.overRows(
        rows,
        (first, end) -> {
          for (int r = first; r < end; r++) {
            int position = chunk.firstPosition() + r;
            place(query, r, heads, norms.query(), rotation, position);
            place(key, r, kvHeads, norms.key(), rotation, position);
            clip(value, r * kvHeads * headDim, kvHeads * headDim);
            cache.put(layer, position, key, value, r * kvHeads * headDim, kvHeads);
          }
        });
    attend(chunk, cache, out);
  }

  /** Gives one token's heads their norm, if any, and their position. */
  private void place(
      float[] vectors,
      int row,
      int count,
      @Nullable RmsNorm norm,
      RotaryEmbedding rotation,
      int position) {
    int from = row * count * headDim;
    int end = from + count * headDim;
    if (norm != null) {
      // A norm is of each head, or of all of them together.
      for (int at = from; at < end; at += norm.weight().length) {
        norm.apply(vectors, at, vectors, at);
      }
    }
    clip(vectors, from, end - from);
    for (int at = from; at < end; at += headDim) {
      rotation.rotate(vectors, at, position);
    }
  }

  private void clip(float[] values, int from, int count) {
    float bound = config.clip();
    for (int i = from; bound > 0 && i < from + count; i++) {
      values[i] = Math.max(-bound, Math.min(bound, values[i]));
    }
  }

  private void attend(Chunk chunk, KvCache cache, float[] out) {
    int group = heads / kvHeads;
    int rows = chunk.rows();
    int window = config.windows().tokens(chunk.layer());
    int longest = TILE_SCORES / (group * (chunk.firstPosition() + rows));
    int tileTokens = Math.max(1, Math.min(TILE_TOKENS, longest));
    int tiles = (rows + tileTokens - 1) / tileTokens;
    // The last tiles see most tokens: begin with them, so that no thread ends late.
    workers.run(
        tiles * kvHeads,
        (task, worker) -> {
          int tile = tiles - 1 - task / kvHeads;
          int first = tile * tileTokens;
          int count = Math.min(tileTokens, rows - first);
          int position = chunk.firstPosition() + first;
          Tile t = new Tile(chunk.layer(), task % kvHeads, first, count, position, window);
          attendTile(t, cache, buffers[worker], out);
        });
  }

  /** Some tokens' queries of the group of one kv head. */
  private record Tile(
      int layer, int kvHead, int firstRow, int tokens, int firstPosition, int window) {
    int firstKey() {
      return Math.max(0, firstPosition - window + 1);
    }

    int keys() {
      return firstPosition + tokens - firstKey();
    }
  }

  private void attendTile(Tile tile, KvCache cache, TileBuffers b, float[] out) {
    int group = heads / kvHeads;
    int queries = tile.tokens() * group;
    int keys = tile.keys();
    int firstKeyRow = cache.row(tile.kvHead(), tile.firstKey());
    b.reserve(queries, keys, headDim);
    for (int t = 0; t < tile.tokens(); t++) {
      int from = ((tile.firstRow() + t) * heads + tile.kvHead() * group) * headDim;
      b.vectors().write((long) t * group * headDim, query, from, group * headDim);
    }
    MatrixView vectors = b.vectors().view(0, queries, headDim);
    MatrixView scores = b.scores().view(0, queries, keys);
    scores.productTransposed(vectors, cache.keys(tile.layer()).viewRows(firstKeyRow, keys));
    b.scores().read(0, b.heap, 0, queries * keys);
    float scale = config.scale();
    if (config.softCap() > 0) {
      SoftCap.apply(b.heap, 0, queries * keys, scale, config.softCap());
      scale = 1;
    }
    for (int q = 0; q < queries; q++) {
      int position = tile.firstPosition() + q / group;
      int firstSeen = Math.max(0, position - tile.window() + 1) - tile.firstKey();
      int endSeen = position + 1 - tile.firstKey();
      Softmax.apply(b.heap, q * keys, keys, firstSeen, endSeen, scale);
    }
    b.scores().write(0, b.heap, 0, queries * keys);
    vectors.product(scores, cache.values(tile.layer()).viewRows(firstKeyRow, keys));
    for (int t = 0; t < tile.tokens(); t++) {
      int to = ((tile.firstRow() + t) * heads + tile.kvHead() * group) * headDim;
      b.vectors().read((long) t * group * headDim, out, to, group * headDim);
    }
  }

  private static float[] atLeast(float[] current, int length) {
    return current.length >= length ? current : new float[length];
  }

  /** What one worker computes a tile in. */
  private static final class TileBuffers implements AutoCloseable {
    private float[] heap = {};
    private @Nullable NativeMatrix vectors;
    private @Nullable NativeMatrix scores;

    void reserve(int queries, int keys, int headDim) {
      vectors = NativeMatrix.atLeast(vectors, queries * headDim);
      scores = NativeMatrix.atLeast(scores, queries * keys);
      heap = Attention.atLeast(heap, queries * keys);
    }

    NativeMatrix vectors() {
      return Objects.requireNonNull(vectors);
    }

    NativeMatrix scores() {
      return Objects.requireNonNull(scores);
    }

    @Override
    public void close() {
      if (vectors != null) {
        vectors.close();
      }
      if (scores != null) {
        scores.close();
      }
    }
  }

  @Override
  public void close() {
    for (TileBuffers b : buffers) {
      b.close();
    }
  }
}
