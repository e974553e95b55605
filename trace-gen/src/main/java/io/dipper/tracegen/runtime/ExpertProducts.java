package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.ModelFile;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The matrix products of chosen experts, each of them a task: fp32 GEMM on the tokens of one
 * expert.
 */
final class ExpertProducts implements AutoCloseable {
  /** Tokens of an expert that are multiplied at once: bounds what a worker holds. */
  private static final int TILE_ROWS = 256;

  private final ModelConfig config;
  private final WeightStore store;
  private final Workers workers;
  private final ExpertStore weights;
  private final Buffers[] buffers;
  private final int hidden;
  private final int width;

  ExpertProducts(ModelConfig config, WeightStore store, Workers workers) {
    this.config = config;
    this.store = store;
    this.workers = workers;
    this.weights = new ExpertStore(store.budget(), workers.threads());
    this.buffers = new Buffers[workers.threads()];
    Arrays.setAll(buffers, i -> new Buffers());
    this.hidden = config.shape().getHiddenSize();
    this.width = config.shape().getExpertIntermediateSize();
  }

  /**
   * The GLU activations of all chosen experts, or their two factors apart.
   *
   * @param ranks of the routing
   * @param x a row of H per token
   * @param out receives a row of I_e per token and expert, in the sorted order: GLU activations, or
   *     where their factors are kept apart those of the gate
   * @param apart receives the other factor, {@code W_up x}, in the same places; null where the two
   *     are multiplied
   */
  void glu(
      int layer,
      TokensByExpert tokens,
      int ranks,
      float[] x,
      float[] out,
      float @Nullable [] apart) {
    ModelFile file = store.file();
    overExperts(
        tokens,
        (expert, worker) -> {
          NativeMatrix gate =
              weights.matrix("gate", WeightRows.expertGate(file, layer, expert), worker);
          NativeMatrix up = weights.matrix("up", WeightRows.expertUp(file, layer, expert), worker);
          int end = tokens.first(expert) + tokens.count(expert);
          for (int first = tokens.first(expert); first < end; first += TILE_ROWS) {
            int rows = Math.min(TILE_ROWS, end - first);
            Buffers b = buffers[worker];
            b.reserve(rows * hidden, rows * width);
            for (int r = 0; r < rows; r++) {
              int token = tokens.place(first + r) / ranks;
              b.in().write((long) r * hidden, x, token * hidden, hidden);
            }
            b.multiply(gate, rows, out, first * width);
            Gate.apply(config.activation(), out, first * width, (first + rows) * width);
            if (apart != null) {
              b.multiply(up, rows, apart, first * width);
              continue;
            }
            b.multiply(up, rows, b.heap, 0);
            for (int i = 0; i < rows * width; i++) {
              out[first * width + i] *= b.heap[i];
            }
          }
        });
  }

  /**
   * The outputs of all chosen experts.
   *
   * @param glu activations, in the sorted order
   * @param out receives a row of H per token and expert, in the sorted order
   */
  void down(int layer, TokensByExpert tokens, float[] glu, float[] out) {
    ModelFile file = store.file();
    overExperts(
        tokens,
        (expert, worker) -> {
          NativeMatrix down =
              weights.matrix("down", WeightRows.expertDown(file, layer, expert), worker);
          int end = tokens.first(expert) + tokens.count(expert);
          for (int first = tokens.first(expert); first < end; first += TILE_ROWS) {
            int rows = Math.min(TILE_ROWS, end - first);
            Buffers b = buffers[worker];
            b.reserve(rows * width, rows * hidden);
            b.in().write(0, glu, first * width, rows * width);
            b.multiply(down, rows, out, first * hidden);
          }
        });
  }

  private void overExperts(TokensByExpert tokens, Workers.Task task) {
    int[] experts = tokens.experts();
    workers.run(experts.length, (i, worker) -> task.run(experts[i], worker));
  }

  /** What one worker multiplies in. */
  private static final class Buffers implements AutoCloseable {
    private float[] heap = {};
    private @Nullable NativeMatrix in;
    private @Nullable NativeMatrix result;

    void reserve(int inputs, int outputs) {
      in = NativeMatrix.atLeast(in, inputs);
      result = NativeMatrix.atLeast(result, outputs);
      if (heap.length < outputs) {
        heap = new float[outputs];
      }
    }

    NativeMatrix in() {
      return Objects.requireNonNull(in);
    }

    void multiply(NativeMatrix matrix, int rows, float[] out, int offset) {
      NativeMatrix y = Objects.requireNonNull(result);
      int outputs = matrix.rows();
      y.view(0, rows, outputs)
          .productTransposed(in().view(0, rows, matrix.columns()), matrix.viewRows(0, outputs));
      y.read(0, out, offset, rows * outputs);
    }

    @Override
    public void close() {
      if (in != null) {
        in.close();
      }
      if (result != null) {
        result.close();
      }
    }
  }

  @Override
  public void close() {
    weights.close();
    for (Buffers b : buffers) {
      b.close();
    }
  }
}
