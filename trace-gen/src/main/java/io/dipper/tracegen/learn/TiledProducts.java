package io.dipper.tracegen.learn;

import io.dipper.tracegen.runtime.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Matrix products whose rows the workers share, in tiles that do not depend on their number. All
 * matrices are row-major. For one caller at a time.
 */
final class TiledProducts {
  private static final int TILE_ROWS = 64;

  private final Workers workers;

  TiledProducts(Workers workers) {
    this.workers = workers;
  }

  /** {@code a b}, or {@code a bᵀ}. */
  INDArray multiply(INDArray a, INDArray b, boolean turnB) {
    INDArray out =
        Nd4j.createUninitialized(
            a.dataType(), new long[] {a.rows(), turnB ? b.rows() : b.columns()}, 'c');
    tiles(a, b, turnB, out, 0);
    return out;
  }

  /** Adds {@code a b}, or {@code a bᵀ}, to a sum. */
  void addTo(INDArray sum, INDArray a, INDArray b, boolean turnB) {
    tiles(a, b, turnB, sum, 1);
  }

  private void tiles(INDArray a, INDArray b, boolean turnB, INDArray out, double beta) {
    int rows = a.rows();
    workers.run(
        (rows + TILE_ROWS - 1) / TILE_ROWS,
        (tile, worker) -> {
          int first = tile * TILE_ROWS;
          var some = NDArrayIndex.interval(first, Math.min(rows, first + TILE_ROWS));
          var all = NDArrayIndex.all();
          Nd4j.gemm(a.get(some, all), b, out.get(some, all), false, turnB, 1, beta);
        });
  }

  /** Runs tasks on the workers. */
  void each(int tasks, Workers.Task task) {
    workers.run(tasks, task);
  }
}
