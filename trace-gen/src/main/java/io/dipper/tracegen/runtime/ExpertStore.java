package io.dipper.tracegen.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weights of single experts, decoded when a token first needs them: kept while the budget lasts,
 * and then decoded again on each use, into memory that each worker has for one expert. So an expert
 * that nobody chooses is never touched.
 *
 * <p>Safe for use by many threads, as long as each has a worker's number of its own and no two want
 * one matrix at once.
 */
final class ExpertStore implements AutoCloseable {
  private static final int VALUES_AT_ONCE = 1 << 16;

  private final MemoryBudget budget;
  private final Map<Key, NativeMatrix> resident = new ConcurrentHashMap<>();
  private final Worker[] workers;

  ExpertStore(MemoryBudget budget, int workers) {
    this.budget = budget;
    this.workers = new Worker[workers];
    Arrays.setAll(this.workers, i -> new Worker());
  }

  /**
   * A matrix.
   *
   * @param matrix which of an expert's, by name
   */
  private record Key(String matrix, int layer, int firstRow) {}

  /** What one worker decodes in. */
  private static final class Worker implements AutoCloseable {
    private final Map<String, NativeMatrix> passing = new HashMap<>();
    private float[] values = {};

    @Override
    public void close() {
      passing.values().forEach(NativeMatrix::close);
    }
  }

  /**
   * A matrix of an expert; valid until the worker wants that of another.
   *
   * @param name of the matrix: gate, up or down
   */
  NativeMatrix matrix(String name, WeightRows weights, int worker) {
    Key key = new Key(name, weights.layer(), weights.firstRow());
    NativeMatrix kept = resident.get(key);
    if (kept != null) {
      return kept;
    }
    NativeMatrix matrix;
    if (budget.take((long) weights.rows() * weights.columns() * Float.BYTES)) {
      matrix = new NativeMatrix(weights.rows(), weights.columns());
      resident.put(key, matrix);
    } else {
      matrix =
          workers[worker].passing.computeIfAbsent(
              name, n -> new NativeMatrix(weights.rows(), weights.columns()));
    }
    decode(weights, workers[worker], matrix);
    return matrix;
  }

  private static void decode(WeightRows weights, Worker worker, NativeMatrix out) {
    int columns = weights.columns();
    int step = Math.max(1, VALUES_AT_ONCE / columns);
    if (worker.values.length < step * columns) {
      worker.values = new float[step * columns];
    }
    for (int first = 0; first < weights.rows(); first += step) {
      int rows = Math.min(step, weights.rows() - first);
      weights.decode(first, rows, worker.values);
      out.write((long) first * columns, worker.values, 0, rows * columns);
    }
  }

  @Override
  public void close() {
    resident.values().forEach(NativeMatrix::close);
    for (Worker worker : workers) {
      worker.close();
    }
  }
}
