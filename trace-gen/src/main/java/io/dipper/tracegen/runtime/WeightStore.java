package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelFile;
import io.dipper.tracegen.format.TensorRole;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Weights decoded to fp32 outside the heap: kept while the budget lasts, decoded again on each use
 * afterwards, into memory that the next layer reuses. So a small model is decoded once, and a large
 * one takes the budget and about one layer.
 */
final class WeightStore implements AutoCloseable {
  private static final int VALUES_PER_TASK = 1 << 18;

  private final ModelFile file;
  private final Workers workers;
  private final Map<Key, NativeMatrix> resident = new HashMap<>();
  private final Map<Key, NativeMatrix> passing = new HashMap<>();
  private final MemoryBudget budget;
  private final AdapterWeights adapters;

  WeightStore(ModelFile file, Workers workers, long residentBytes) {
    this.file = file;
    this.workers = workers;
    this.budget = new MemoryBudget(residentBytes);
    this.adapters = new AdapterWeights(file.config());
  }

  private record Key(TensorRole role, int layer, int firstRow) {}

  ModelFile file() {
    return file;
  }

  /** What is beside the weights. */
  AdapterWeights adapters() {
    return adapters;
  }

  /** The memory for decoded weights that is left. */
  MemoryBudget budget() {
    return budget;
  }

  /** A vector, decoded: a norm's weights or a bias. */
  Optional<float[]> vector(TensorRole role, int layer) {
    return file.tensor(role, layer)
        .map(
            tensor -> {
              float[] values = new float[tensor.rows() * tensor.columns()];
              tensor.decode(0, tensor.rows(), values, 0);
              return values;
            });
  }

  /**
   * A matrix; valid until the same one of another layer, or another part of the head, is wanted.
   */
  NativeMatrix matrix(WeightRows weights) {
    Key key = new Key(weights.role(), weights.layer(), weights.firstRow());
    NativeMatrix kept = resident.get(key);
    if (kept != null) {
      return kept;
    }
    long bytes = (long) weights.rows() * weights.columns() * Float.BYTES;
    NativeMatrix matrix;
    if (budget.take(bytes)) {
      matrix = new NativeMatrix(weights.rows(), weights.columns());
      resident.put(key, matrix);
    } else {
      int place = weights.layer() < 0 ? 0 : weights.firstRow();
      matrix = passing(new Key(weights.role(), -1, place), weights.rows(), weights.columns());
    }
    decode(weights, matrix);
    return matrix;
  }

  private NativeMatrix passing(Key key, int rows, int columns) {
    NativeMatrix current = passing.get(key);
    if (current == null || current.rows() != rows || current.columns() != columns) {
      if (current != null) {
        current.close();
      }
      current = new NativeMatrix(rows, columns);
      passing.put(key, current);
    }
    return current;
  }

  private void decode(WeightRows weights, NativeMatrix out) {
    int columns = out.columns();
    int rowsPerTask = Math.max(1, VALUES_PER_TASK / columns);
    float[][] buffers = new float[workers.threads()][];
    workers.run(
        (out.rows() + rowsPerTask - 1) / rowsPerTask,
        (task, worker) -> {
          float[] buffer = buffers[worker];
          if (buffer == null) {
            buffer = new float[rowsPerTask * columns];
            buffers[worker] = buffer;
          }
          int first = task * rowsPerTask;
          int rows = Math.min(rowsPerTask, out.rows() - first);
          weights.decode(first, rows, buffer);
          out.write((long) first * columns, buffer, 0, rows * columns);
        });
  }

  @Override
  public void close() {
    resident.values().forEach(NativeMatrix::close);
    passing.values().forEach(NativeMatrix::close);
    adapters.close();
  }
}
