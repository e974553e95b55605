package io.dipper.tracegen.learn;

import io.dipper.proto.ModelShape;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Causal attention with grouped queries over one block, head by head on the workers, and its
 * gradient: with {@code P = softmax(scale q kᵀ)}, {@code dS = P (dP − Σ dP P)}.
 */
final class AttentionGradient {
  private static final float NEVER = -1e30f;

  private final TiledProducts products;
  private final RopeGradient rope;
  private final int heads;
  private final int group;
  private final int headDim;
  private final double scale;
  private final INDArray later;

  /**
   * @param tokens of a block
   */
  AttentionGradient(
      TiledProducts products,
      RopeGradient rope,
      ModelShape shape,
      double scale,
      int tokens,
      DataType type) {
    this.products = products;
    this.rope = rope;
    this.heads = shape.getHeads();
    this.group = shape.getHeads() / shape.getKvHeads();
    this.headDim = shape.getHeadDim();
    this.scale = scale;
    float[] hidden = new float[tokens * tokens];
    for (int r = 0; r < tokens; r++) {
      Arrays.fill(hidden, r * tokens + r + 1, (r + 1) * tokens, NEVER);
    }
    this.later = Nd4j.createFromArray(hidden).reshape('c', tokens, tokens).castTo(type);
  }

  /**
   * What a backward pass needs.
   *
   * @param query by head, rotated, as key
   * @param weights P, by head
   * @param out the heads side by side
   */
  record Pass(
      INDArray[] query, INDArray[] key, INDArray[] value, INDArray[] weights, INDArray out) {}

  /** The gradients of queries, keys and values, heads side by side. */
  record Gradients(INDArray query, INDArray key, INDArray value) {}

  Pass forward(INDArray query, INDArray key, INDArray value) {
    int rows = query.rows();
    INDArray[] q = new INDArray[heads];
    INDArray[] k = new INDArray[heads / group];
    INDArray[] v = new INDArray[heads / group];
    for (int h = 0; h < k.length; h++) {
      k[h] = rope.rotate(head(key, h), false);
      v[h] = head(value, h).dup('c');
    }
    INDArray[] p = new INDArray[heads];
    INDArray out = Nd4j.create(query.dataType(), new long[] {rows, (long) heads * headDim}, 'c');
    products.each(
        heads,
        (h, worker) -> {
          q[h] = rope.rotate(head(query, h), false);
          INDArray scores = product(q[h], k[h / group], false, true).muli(scale);
          p[h] = softmax(scores);
          head(out, h).assign(product(p[h], v[h / group], false, false));
        });
    return new Pass(q, k, v, p, out);
  }

  Gradients backward(Pass pass, INDArray dOut) {
    int rows = dOut.rows();
    INDArray dQuery = Nd4j.create(dOut.dataType(), new long[] {rows, (long) heads * headDim}, 'c');
    INDArray[] dKeys = new INDArray[heads];
    INDArray[] dValues = new INDArray[heads];
    products.each(
        heads,
        (h, worker) -> {
          INDArray d = head(dOut, h).dup('c');
          INDArray p = pass.weights()[h];
          dValues[h] = product(p, d, true, false);
          INDArray dp = product(d, pass.value()[h / group], false, true);
          INDArray ds = dp.sub(dp.mul(p).sum(true, 1)).mul(p).muli(scale);
          INDArray dq = product(ds, pass.key()[h / group], false, false);
          head(dQuery, h).assign(rope.rotate(dq, true));
          dKeys[h] = product(ds, pass.query()[h], true, false);
        });
    long width = (long) heads / group * headDim;
    INDArray dKey = Nd4j.create(dOut.dataType(), new long[] {rows, width}, 'c');
    INDArray dValue = Nd4j.create(dOut.dataType(), new long[] {rows, width}, 'c');
    for (int kv = 0; kv < heads / group; kv++) {
      head(dKey, kv).assign(rope.rotate(sum(dKeys, kv), true));
      head(dValue, kv).assign(sum(dValues, kv));
    }
    return new Gradients(dQuery, dKey, dValue);
  }

  /** The sum over the heads of a group, in their order. */
  private INDArray sum(INDArray[] byHead, int kv) {
    INDArray sum = byHead[kv * group].dup('c');
    Arrays.stream(byHead, kv * group + 1, (kv + 1) * group).forEach(sum::addi);
    return sum;
  }

  private INDArray head(INDArray rows, int h) {
    return rows.get(
        NDArrayIndex.all(), NDArrayIndex.interval((long) h * headDim, (h + 1L) * headDim));
  }

  /** The softmax of each row over the positions up to its own. */
  private INDArray softmax(INDArray scores) {
    scores.addi(later);
    INDArray e = Transforms.exp(scores.sub(scores.max(true, 1)), false);
    return e.divi(e.sum(true, 1));
  }

  private static INDArray product(INDArray a, INDArray b, boolean turnA, boolean turnB) {
    long rows = turnA ? a.columns() : a.rows();
    long columns = turnB ? b.rows() : b.columns();
    INDArray out = Nd4j.create(a.dataType(), new long[] {rows, columns}, 'c');
    return Nd4j.gemm(a, b, out, turnA, turnB, 1, 0);
  }
}
