package io.dipper.tracegen.learn;

import io.dipper.proto.ModelShape;
import io.dipper.tracegen.format.AttentionConfig;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Causal attention with grouped queries over one block, and its gradient: with {@code P =
 * softmax(scale q kᵀ)}, {@code dS = P (dP − Σ dP P)}, where the sum is that of {@code dO O} over a
 * head's entries. Workers share the groups of heads that have their key in common.
 */
final class AttentionGradient {
  private static final float NEVER = -1e30f;

  private final TiledProducts products;
  private final RopeGradient queryRope;
  private final RopeGradient keyRope;
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
      AttentionConfig attention,
      ModelShape shape,
      int tokens,
      DataType type) {
    this.products = products;
    this.heads = shape.getHeads();
    this.group = shape.getHeads() / shape.getKvHeads();
    this.headDim = shape.getHeadDim();
    this.queryRope = new RopeGradient(attention.rope(), heads, headDim, tokens, type);
    this.keyRope = new RopeGradient(attention.rope(), heads / group, headDim, tokens, type);
    this.scale = attention.scale();
    float[] hidden = new float[tokens * tokens];
    for (int r = 0; r < tokens; r++) {
      Arrays.fill(hidden, r * tokens + r + 1, (r + 1) * tokens, NEVER);
    }
    this.later = Scratch.matrix(hidden, tokens, type);
  }

  /**
   * What a backward pass needs, by head but for the last.
   *
   * @param query rotated, as key
   * @param weights P
   * @param out a row per token, the heads side by side
   */
  record Pass(INDArray query, INDArray key, INDArray value, INDArray weights, INDArray out) {}

  /** The gradients of queries, keys and values, heads side by side. */
  record Gradients(INDArray query, INDArray key, INDArray value) {}

  /**
   * What the heads make of projections, a row per token, which are rotated in place.
   *
   * @param saved takes charge of what is in the pass
   */
  Pass forward(INDArray query, INDArray key, INDArray value, Scratch saved) {
    INDArray q = saved.of(byHead(queryRope.rotate(query, false), heads));
    INDArray k = saved.of(byHead(keyRope.rotate(key, false), heads / group));
    INDArray v = saved.of(byHead(value, heads / group));
    INDArray p = saved.of(empty(q, q.size(1)));
    INDArray out = empty(q, headDim);
    products.each(
        heads,
        (h, worker) -> {
          INDArray scores = p.slice(h);
          Nd4j.gemm(q.slice(h), k.slice(h / group), scores, false, true, scale, 0);
          softmax(scores.addi(later));
          Nd4j.gemm(scores, v.slice(h / group), out.slice(h), false, false, 1, 0);
        });
    Pass pass = new Pass(q, k, v, p, saved.of(sideBySide(out)));
    out.close();
    return pass;
  }

  /**
   * The gradients of the three projections.
   *
   * @param scratch takes charge of them
   */
  Gradients backward(Pass pass, INDArray dOut, Scratch scratch) {
    try (Scratch inner = new Scratch()) {
      INDArray d = inner.of(byHead(dOut, heads));
      INDArray alongOut = inner.of(alongOut(pass.out(), dOut));
      INDArray dq = inner.of(empty(pass.query(), headDim));
      INDArray dk = inner.of(empty(pass.key(), headDim));
      INDArray dv = inner.of(empty(pass.key(), headDim));
      products.each(
          heads / group,
          (kv, worker) -> {
            INDArray k = pass.key().slice(kv);
            INDArray ds = Nd4j.createUninitialized(d.dataType(), later.shape(), 'c');
            for (int h = kv * group; h < (kv + 1) * group; h++) {
              double sum = h == kv * group ? 0 : 1;
              INDArray p = pass.weights().slice(h);
              Nd4j.gemm(p, d.slice(h), dv.slice(kv), true, false, 1, sum);
              Nd4j.gemm(d.slice(h), pass.value().slice(kv), ds, false, true, 1, 0);
              ds.subiColumnVector(alongOut.slice(h)).muli(p);
              Nd4j.gemm(ds, k, dq.slice(h), false, false, scale, 0);
              Nd4j.gemm(ds, pass.query().slice(h), dk.slice(kv), true, false, scale, sum);
            }
            ds.close();
          });
      return new Gradients(
          scratch.of(queryRope.rotate(sideBySide(dq), true)),
          scratch.of(keyRope.rotate(sideBySide(dk), true)),
          scratch.of(sideBySide(dv)));
    }
  }

  /** The sums of {@code dO O} over a head's entries: for each head a column of tokens. */
  private INDArray alongOut(INDArray out, INDArray dOut) {
    INDArray products = out.mul(dOut);
    INDArray sums = products.reshape('c', out.rows(), heads, headDim).sum(2);
    INDArray turned = sums.permute(1, 0).dup('c').reshape('c', heads, out.rows(), 1);
    products.close();
    sums.close();
    return turned;
  }

  /** For each head of another matrix and each of its tokens a row of so many values. */
  private static INDArray empty(INDArray byHead, long columns) {
    long[] shape = {byHead.size(0), byHead.size(1), columns};
    return Nd4j.createUninitialized(byHead.dataType(), shape, 'c');
  }

  private INDArray byHead(INDArray rows, int count) {
    return rows.reshape('c', rows.rows(), count, headDim).permute(1, 0, 2).dup('c');
  }

  private INDArray sideBySide(INDArray byHead) {
    long count = byHead.size(0);
    long[] shape = {byHead.size(1), count * headDim};
    INDArray rows = Nd4j.createUninitialized(byHead.dataType(), shape, 'c');
    rows.reshape('c', shape[0], count, headDim).assign(byHead.permute(1, 0, 2));
    return rows;
  }

  private static void softmax(INDArray scores) {
    Nd4j.exec(
        DynamicCustomOp.builder("softmax")
            .addInputs(scores)
            .addOutputs(scores)
            .addIntegerArguments(1)
            .build());
  }
}
