package io.dipper.tracegen.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Products of a block of activations with weight matrices: {@code y = x Wᵀ + b}, fp32 GEMM, cut
 * into tiles of rows and outputs that the workers share.
 */
final class MatrixProducts implements AutoCloseable {
  private static final int TILE_ROWS = 256;
  private static final int TILE_OUTPUTS = 512;

  private final Workers workers;
  private final NativeMatrix[] tiles;
  private @Nullable NativeMatrix input;
  private @Nullable NativeMatrix[] hidden = {};

  MatrixProducts(Workers workers) {
    this.workers = workers;
    this.tiles = new NativeMatrix[workers.threads()];
    Arrays.setAll(tiles, i -> new NativeMatrix(TILE_ROWS, TILE_OUTPUTS));
  }

  /**
   * One product of the shared input.
   *
   * @param out receives {@code rows * outputs} values, row-major
   */
  record Product(Linear linear, float[] out) {
    NativeMatrix weights() {
      return linear.weights();
    }

    float @Nullable [] bias() {
      return linear.bias();
    }

    int outputTiles() {
      return (weights().rows() + TILE_OUTPUTS - 1) / TILE_OUTPUTS;
    }

    int firstOutput(int tile) {
      return (int) ((long) weights().rows() * tile / outputTiles());
    }
  }

  /**
   * Computes all products of one input.
   *
   * @param x row-major, {@code rows} times the weights' columns
   */
  void multiply(float[] x, int rows, Product... products) {
    int columns = products[0].weights().columns();
    NativeMatrix in = inputOf((long) rows * columns);
    workers.overRows(
        rows,
        (first, end) ->
            in.write((long) first * columns, x, first * columns, (end - first) * columns));
    int rowTiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
    multiplyInner(in, rows, rowTiles, products);
    List<Product> all = List.of(products);
    int outputTiles = all.stream().mapToInt(Product::outputTiles).sum();
    workers.run(
        rowTiles * outputTiles,
        (task, worker) -> {
          int firstRow = (int) ((long) rows * (task % rowTiles) / rowTiles);
          int endRow = (int) ((long) rows * (task % rowTiles + 1) / rowTiles);
          int tile = task / rowTiles;
          int p = 0;
          while (tile >= products[p].outputTiles()) {
            tile -= products[p++].outputTiles();
          }
          Slot slot = new Slot(products[p], tile, hidden[p]);
          multiplyTile(in, columns, slot, firstRow, endRow, tiles[worker]);
        });
  }

  /** The inner products of adapters, {@code x Aᵀ}, which all outputs share. */
  private void multiplyInner(NativeMatrix in, int rows, int rowTiles, Product[] products) {
    if (hidden.length < products.length) {
      hidden = Arrays.copyOf(hidden, products.length);
    }
    for (int p = 0; p < products.length; p++) {
      LowRank adapter = products[p].linear().adapter();
      if (adapter == null) {
        continue;
      }
      NativeMatrix result =
          NativeMatrix.atLeast(hidden[p], Math.multiplyExact(rows, adapter.rank()));
      hidden[p] = result;
      int columns = adapter.inner().columns();
      workers.run(
          rowTiles,
          (tile, worker) -> {
            int first = (int) ((long) rows * tile / rowTiles);
            int count = (int) ((long) rows * (tile + 1) / rowTiles) - first;
            result
                .view((long) first * adapter.rank(), count, adapter.rank())
                .productTransposed(
                    in.view((long) first * columns, count, columns),
                    adapter.inner().viewRows(0, adapter.rank()));
          });
    }
  }

  /**
   * Some outputs of one product.
   *
   * @param innerOrNull the inner product of its adapter; null where it has none
   */
  private record Slot(Product product, int tile, @Nullable NativeMatrix innerOrNull) {
    NativeMatrix inner() {
      return Objects.requireNonNull(innerOrNull);
    }
  }

  private static void multiplyTile(
      NativeMatrix in, int columns, Slot slot, int firstRow, int endRow, NativeMatrix result) {
    Product product = slot.product();
    int rows = endRow - firstRow;
    int first = product.firstOutput(slot.tile());
    int outputs = product.firstOutput(slot.tile() + 1) - first;
    MatrixView out = result.view(0, rows, outputs);
    out.productTransposed(
        in.view((long) firstRow * columns, rows, columns),
        product.weights().viewRows(first, outputs));
    LowRank adapter = product.linear().adapter();
    if (adapter != null) {
      out.addProductTransposed(
          slot.inner().view((long) firstRow * adapter.rank(), rows, adapter.rank()),
          adapter.outer().viewRows(first, outputs));
    }
    int width = product.weights().rows();
    float[] bias = product.bias();
    for (int r = 0; r < rows; r++) {
      int at = (firstRow + r) * width + first;
      result.read((long) r * outputs, product.out(), at, outputs);
      if (bias != null) {
        for (int i = 0; i < outputs; i++) {
          product.out()[at + i] += bias[first + i];
        }
      }
    }
  }

  private NativeMatrix inputOf(long values) {
    NativeMatrix current = NativeMatrix.atLeast(input, Math.toIntExact(values));
    input = current;
    return current;
  }

  @Override
  public void close() {
    for (NativeMatrix tile : tiles) {
      tile.close();
    }
    if (input != null) {
      input.close();
    }
    for (NativeMatrix inner : hidden) {
      if (inner != null) {
        inner.close();
      }
    }
  }
}
