package io.dipper.tracegen.learn;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The loss of a block behind the output head, in nats per token, some rows at a time: {@code KL(p ‖
 * q)} from the dense model's distribution p to this one's q, or cross-entropy with the next token.
 * The gradient of either in the logits is {@code (q − p) / tokens}, with p all on the next token
 * for the latter.
 *
 * @param weights of the head, a row per token of the vocabulary
 */
record HeadLoss(TiledProducts products, RmsGradient norm, INDArray weights) {
  private static final int ROWS = 64;

  /**
   * A loss and its gradient.
   *
   * @param state the gradient of the decoder's output
   */
  record Result(double loss, INDArray state) {}

  /**
   * Computes both.
   *
   * @param state the decoder's output
   * @param dense that of the dense model; null for cross-entropy
   * @param tokens of the block
   */
  Result of(INDArray state, @Nullable INDArray dense, int[] tokens) {
    INDArray x = norm.forward(state);
    INDArray teacher = dense == null ? null : norm.forward(dense);
    INDArray dx = Nd4j.create(state.dataType(), state.shape(), 'c');
    int rows = teacher == null ? tokens.length - 1 : tokens.length;
    double loss = 0;
    for (int first = 0; first < rows; first += ROWS) {
      int end = Math.min(rows, first + ROWS);
      var some = NDArrayIndex.interval(first, end);
      var all = NDArrayIndex.all();
      INDArray logQ = logSoftmax(x.get(some, all));
      INDArray p;
      if (teacher == null) {
        p = Nd4j.create(state.dataType(), logQ.shape(), 'c');
        for (int r = first; r < end; r++) {
          p.putScalar(r - first, tokens[r + 1], 1);
        }
        loss -= p.mul(logQ).sumNumber().doubleValue();
      } else {
        INDArray logP = logSoftmax(teacher.get(some, all));
        p = Transforms.exp(logP, true);
        loss += p.mul(logP.subi(logQ)).sumNumber().doubleValue();
      }
      INDArray error = Transforms.exp(logQ, false).subi(p).divi(rows);
      dx.get(some, all).assign(products.multiply(error, weights, false));
    }
    return new Result(loss / rows, norm.backward(state, dx));
  }

  private INDArray logSoftmax(INDArray x) {
    INDArray logits = products.multiply(x.dup('c'), weights, true);
    logits.subi(logits.max(true, 1));
    return logits.subi(Transforms.log(Transforms.exp(logits, true).sum(true, 1), false));
  }
}
