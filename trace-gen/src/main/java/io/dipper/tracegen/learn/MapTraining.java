package io.dipper.tracegen.learn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The weights of one layer's map while they are fitted: logits {@code Z = f(X A) B}, binary
 * cross-entropy of their sigmoid against the targets, and its gradient by hand, which takes four
 * products. Not safe for use by many threads.
 */
final class MapTraining {
  private final boolean rectified;
  private final INDArray inner;
  private final INDArray outer;
  private final AdamW innerSteps;
  private final AdamW outerSteps;

  /**
   * @param inner A, {@code inputs x rank}; changed by steps
   * @param outer B, {@code rank x units}; changed by steps
   */
  MapTraining(INDArray inner, INDArray outer, boolean rectified) {
    this.inner = inner;
    this.outer = outer;
    this.rectified = rectified;
    this.innerSteps = new AdamW(inner);
    this.outerSteps = new AdamW(outer);
  }

  /**
   * The loss and its gradient.
   *
   * @param loss the mean over examples and units
   * @param inner of A, and {@code outer} of B; the caller releases both
   */
  record Gradient(double loss, INDArray inner, INDArray outer) {}

  INDArray inner() {
    return inner;
  }

  INDArray outer() {
    return outer;
  }

  /** The logits of some examples, a row each; the caller releases them. */
  INDArray logits(INDArray x) {
    try (Scratch scratch = new Scratch()) {
      return scratch.of(hidden(x)).mmul(outer);
    }
  }

  /**
   * The mean binary cross-entropy of logits, in the form that never overflows: {@code max(z, 0) - z
   * t + log(1 + exp(-|z|))}.
   *
   * @param targets 1 where a unit is to be found, else 0
   */
  static double loss(INDArray logits, INDArray targets) {
    try (Scratch scratch = new Scratch()) {
      INDArray size = scratch.of(Transforms.abs(logits));
      INDArray soft = Transforms.log(Transforms.exp(size.negi(), false).addi(1), false);
      INDArray wanted = scratch.of(logits.mul(targets));
      INDArray sum = scratch.of(Transforms.relu(logits, true)).subi(wanted).addi(soft);
      return sum.meanNumber().doubleValue();
    }
  }

  Gradient gradient(INDArray x, INDArray targets) {
    try (Scratch scratch = new Scratch()) {
      INDArray hidden = scratch.of(hidden(x));
      INDArray logits = scratch.of(hidden.mmul(outer));
      double loss = loss(logits, targets);
      INDArray error = Transforms.sigmoid(logits, false).subi(targets).divi(targets.length());
      INDArray back = scratch.of(product(error, outer, false, true));
      if (rectified) {
        INDArray passing = scratch.of(hidden.gt(0));
        back.muli(scratch.of(passing.castTo(back.dataType())));
      }
      return new Gradient(loss, product(x, back, true, false), product(hidden, error, true, false));
    }
  }

  /** Takes a step down the gradient, and returns the loss before it. */
  double step(INDArray x, INDArray targets, double learningRate) {
    Gradient gradient = gradient(x, targets);
    innerSteps.step(gradient.inner(), learningRate);
    outerSteps.step(gradient.outer(), learningRate);
    Scratch.release(gradient.inner());
    Scratch.release(gradient.outer());
    return gradient.loss();
  }

  private INDArray hidden(INDArray x) {
    INDArray product = x.mmul(inner);
    return rectified ? Transforms.relu(product, false) : product;
  }

  private static INDArray product(INDArray a, INDArray b, boolean turnA, boolean turnB) {
    long rows = turnA ? a.columns() : a.rows();
    long columns = turnB ? b.rows() : b.columns();
    DataType type = a.dataType();
    return Nd4j.gemm(a, b, Nd4j.create(type, new long[] {rows, columns}, 'f'), turnA, turnB, 1, 0);
  }
}
