package io.dipper.tracegen.learn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The loss of a block behind the output head, in nats per token: {@code KL(p ‖ q)} from the dense
 * model's distribution p to this one's q, or cross-entropy with the next token. The gradient of
 * either in the logits is {@code (q − p) / tokens}, with p all on the next token for the latter.
 * Workers share the rows, some at a time.
 *
 * @param weights of the head, a row per token of the vocabulary
 */
record HeadLoss(TiledProducts products, RmsGradient norm, INDArray weights) {
  /** Rows of a task, whose logits are in memory at once. */
  static final int ROWS = 32;

  /** Matrices of the size of its logits that a task has at once. */
  static final int MATRICES = 3;

  /**
   * A loss and its gradient.
   *
   * @param state the gradient of the decoder's output
   */
  record Result(double loss, INDArray state) {}

  /**
   * The loss.
   *
   * @param state the decoder's output
   * @param dense that of the dense model; null for cross-entropy
   * @param tokens of the block
   */
  double loss(INDArray state, @Nullable INDArray dense, int[] tokens) {
    return loss(state, dense, tokens, null);
  }

  /** The loss and its gradient. */
  Result gradient(INDArray state, @Nullable INDArray dense, int[] tokens) {
    INDArray dx = Nd4j.create(state.dataType(), state.shape(), 'c');
    double loss = loss(state, dense, tokens, dx);
    Result result = new Result(loss, norm.backward(state, dx));
    dx.close();
    return result;
  }

  /**
   * @param dx receives the gradient of the normed state
   */
  private double loss(
      INDArray state, @Nullable INDArray dense, int[] tokens, @Nullable INDArray dx) {
    int rows = dense == null ? tokens.length - 1 : tokens.length;
    double[] losses = new double[(rows + ROWS - 1) / ROWS];
    try (Scratch scratch = new Scratch()) {
      INDArray x = scratch.of(norm.forward(state));
      INDArray teacher = dense == null ? null : scratch.of(norm.forward(dense));
      products.each(
          losses.length,
          (task, worker) -> {
            int first = task * ROWS;
            int end = Math.min(rows, first + ROWS);
            INDArrayIndex[] some = {NDArrayIndex.interval(first, end), NDArrayIndex.all()};
            try (Scratch own = new Scratch()) {
              INDArray logQ = logSoftmax(x.get(some), own);
              losses[task] =
                  teacher == null
                      ? toText(logQ, Arrays.copyOfRange(tokens, first + 1, end + 1))
                      : toDense(logQ, logSoftmax(teacher.get(some), own), own);
              if (dx != null) {
                Nd4j.gemm(logQ, weights, dx.get(some), false, false, 1.0 / rows, 0);
              }
            }
          });
    }
    return Arrays.stream(losses).sum() / rows;
  }

  private INDArray logSoftmax(INDArray x, Scratch scratch) {
    long[] shape = {x.rows(), weights.rows()};
    INDArray logits = scratch.of(Nd4j.createUninitialized(x.dataType(), shape, 'c'));
    Nd4j.gemm(x, weights, logits, false, true, 1, 0);
    Nd4j.exec(
        DynamicCustomOp.builder("log_softmax")
            .addInputs(logits)
            .addOutputs(logits)
            .addIntegerArguments(1)
            .build());
    return logits;
  }

  /** The divergence from p, summed over rows; makes {@code q − p} of log q. */
  private static double toDense(INDArray logQ, INDArray logP, Scratch scratch) {
    INDArray p = scratch.of(Transforms.exp(logP, true));
    double loss = Arrays.stream(logP.subi(logQ).muli(p).sum(1).toDoubleVector()).sum();
    Transforms.exp(logQ, false).subi(p);
    return loss;
  }

  /** The cross-entropy, summed over rows; makes {@code q − p} of log q. */
  private static double toText(INDArray logQ, int[] next) {
    double loss = 0;
    for (int row = 0; row < next.length; row++) {
      loss -= logQ.getDouble(row, next[row]);
    }
    Transforms.exp(logQ, false);
    for (int row = 0; row < next.length; row++) {
      logQ.putScalar(row, next[row], logQ.getDouble(row, next[row]) - 1);
    }
    return loss;
  }
}
