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
  private INDArray innerGradient;
  private INDArray outerGradient;

  TrainedMap(DataType type, int inputs, int rank, int outputs, Random random) {
    float[] drawn = new float[inputs * rank];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (random.nextGaussian() / Math.sqrt(rank));
    }
    this.inner = Nd4j.createFromArray(drawn).reshape('c', inputs, rank).castTo(type);
    this.outer = Nd4j.create(type, new long[] {rank, outputs}, 'c');
    this.innerSteps = new AdamW(inner);
    this.outerSteps = new AdamW(outer);
    this.innerGradient = inner;
    this.outerGradient = outer;
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
    y.addi(products.multiply(products.multiply(x, inner, false), outer, false));
  }

  /** Takes the gradients of both matrices from that of y, and adds the input's to dx. */
  void backward(TiledProducts products, INDArray x, INDArray dy, INDArray dx) {
    INDArray back = products.multiply(dy, outer, true);
    innerGradient = TiledProducts.turned(x, back);
    outerGradient = TiledProducts.turned(products.multiply(x, inner, false), dy);
    dx.addi(products.multiply(back, inner, true));
  }

  /** Takes a step down the gradients. */
  void step(double learningRate) {
    innerSteps.step(innerGradient, learningRate);
    outerSteps.step(outerGradient, learningRate);
  }
}
