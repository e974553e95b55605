package io.dipper.tracegen.learn;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The low-rank map beside one matrix while it is trained, {@code y += x A B}, with A drawn from
 * N(0, 1/r) and B zero, so that the untrained adapter changes nothing. Not safe for use by many
 * threads.
 */
final class TrainedMap {
  private final INDArray inner;
  private final INDArray outer;
  private final AdamW innerSteps;
  private final AdamW outerSteps;
  private final INDArray innerGradient;
  private final INDArray outerGradient;

  TrainedMap(DataType type, int inputs, int rank, int outputs, Random random) {
    float[] drawn = new float[inputs * rank];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (random.nextGaussian() / Math.sqrt(rank));
    }
    this.inner = Nd4j.createFromArray(drawn).reshape('c', inputs, rank).castTo(type);
    this.outer = Nd4j.create(type, new long[] {rank, outputs}, 'c');
    this.innerSteps = new AdamW(inner);
    this.outerSteps = new AdamW(outer);
    this.innerGradient = Nd4j.create(type, inner.shape(), 'c');
    this.outerGradient = Nd4j.create(type, outer.shape(), 'c');
  }

  INDArray inner() {
    return inner;
  }

  INDArray outer() {
    return outer;
  }

  /** The gradients of the last {@link #backward}. */
  INDArray innerGradient() {
    return innerGradient;
  }

  INDArray outerGradient() {
    return outerGradient;
  }

  AdamW innerSteps() {
    return innerSteps;
  }

  AdamW outerSteps() {
    return outerSteps;
  }

  /** Adds the map's output to y. */
  void forward(TiledProducts products, INDArray x, INDArray y) {
    INDArray middle = products.multiply(x, inner, false);
    products.addTo(y, middle, outer, false);
    middle.close();
  }

  /** Takes the gradients of both matrices from that of y, and adds the input's to dx. */
  void backward(TiledProducts products, INDArray x, INDArray dy, INDArray dx) {
    try (Scratch scratch = new Scratch()) {
      INDArray back = scratch.of(products.multiply(dy, outer, true));
      INDArray middle = scratch.of(products.multiply(x, inner, false));
      Nd4j.gemm(x, back, innerGradient, true, false, 1, 0);
      Nd4j.gemm(middle, dy, outerGradient, true, false, 1, 0);
      products.addTo(dx, back, inner, true);
    }
  }

  /** Takes a step down the gradients. */
  void step(double learningRate) {
    innerSteps.step(innerGradient, learningRate);
    outerSteps.step(outerGradient, learningRate);
  }
}
