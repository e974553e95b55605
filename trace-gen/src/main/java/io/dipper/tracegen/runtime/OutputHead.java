package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelConfig;
import io.dipper.tracegen.format.TensorRole;
import io.dipper.tracegen.runtime.MatrixProducts.Product;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The final norm and the projection to the vocabulary, in slices of it that bound memory; tied to
 * the embedding where the file has no output matrix.
 */
final class OutputHead {
  private static final int SLICE_TOKENS = 4096;
  private static final int CHUNK_ROWS = 512;

  private final WeightStore store;
  private final Workers workers;
  private final MatrixProducts products;
  private final RmsNorm norm;
  private final WeightRows weights;
  private final float @Nullable [] bias;
  private final float softCap;
  private final int vocabulary;

  OutputHead(ModelConfig config, WeightStore store, Workers workers, MatrixProducts products) {
    this.store = store;
    this.workers = workers;
    this.products = products;
    float[] weight = store.vector(TensorRole.OUTPUT_NORM, -1).orElse(null);
    this.norm =
        RmsNorm.of(Objects.requireNonNull(weight, "the model has no output norm"), config.norm());
    boolean tied = store.file().tensor(TensorRole.OUTPUT, -1).isEmpty();
    this.weights =
        WeightRows.all(store.file(), tied ? TensorRole.EMBEDDING : TensorRole.OUTPUT, -1);
    this.bias = store.vector(TensorRole.OUTPUT_BIAS, -1).orElse(null);
    this.softCap = config.logitSoftCap();
    this.vocabulary = config.shape().getVocabularySize();
  }

  /**
   * Negative log-likelihoods in nats: {@code log Σ_v e^{z_v} − z_target}, the sum in double.
   *
   * @param state the decoder's output, a row per target
   */
  float[] nll(float[] state, int[] targets) {
    LogSumExp[] sums = new LogSumExp[targets.length];
    Arrays.setAll(sums, i -> new LogSumExp());
    float[] targetLogits = new float[targets.length];
    project(
        state,
        targets.length,
        (row, firstToken, logits, offset, count) -> {
          int target = targets[row] - firstToken;
          if (target >= 0 && target < count) {
            targetLogits[row] = logits[offset + target];
          }
          sums[row].add(logits, offset, count);
        });
    float[] nll = new float[targets.length];
    for (int r = 0; r < nll.length; r++) {
      nll[r] = (float) (sums[r].value() - targetLogits[r]);
    }
    return nll;
  }

  /** All logits, a row of the vocabulary's size per row of state. */
  float[] logits(float[] state, int rows) {
    float[] all = new float[rows * vocabulary];
    project(
        state,
        rows,
        (row, firstToken, logits, offset, count) ->
            System.arraycopy(logits, offset, all, row * vocabulary + firstToken, count));
    return all;
  }

  /**
   * Receives some logits of one row, its own to overwrite; different rows at once, one row's slices
   * in order.
   */
  private interface LogitSink {
    void accept(int row, int firstToken, float[] logits, int offset, int count);
  }

  private void project(float[] state, int rows, LogitSink sink) {
    int width = norm.weight().length;
    float[] x = new float[rows * width];
    norm.applyRows(workers, state, 0, x, rows);
    float[] chunk = new float[Math.min(rows, CHUNK_ROWS) * width];
    float[] logits = new float[Math.min(rows, CHUNK_ROWS) * SLICE_TOKENS];
    for (int token = 0; token < vocabulary; token += SLICE_TOKENS) {
      int firstToken = token;
      int count = Math.min(SLICE_TOKENS, vocabulary - token);
      Linear slice = slice(token, count);
      for (int row = 0; row < rows; row += CHUNK_ROWS) {
        int firstRow = row;
        int chunkRows = Math.min(CHUNK_ROWS, rows - row);
        System.arraycopy(x, row * width, chunk, 0, chunkRows * width);
        products.multiply(chunk, chunkRows, new Product(slice, logits));
        workers.overRows(
            chunkRows,
            (first, end) -> {
              if (softCap > 0) {
                SoftCap.apply(logits, first * count, end * count, 1, softCap);
              }
              for (int r = first; r < end; r++) {
                sink.accept(firstRow + r, firstToken, logits, r * count, count);
              }
            });
      }
    }
  }

  private Linear slice(int firstToken, int count) {
    NativeMatrix matrix = store.matrix(weights.slice(firstToken, count));
    return new Linear(
        matrix, bias == null ? null : Arrays.copyOfRange(bias, firstToken, firstToken + count));
  }
}
