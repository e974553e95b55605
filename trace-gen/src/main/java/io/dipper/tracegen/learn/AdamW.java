package io.dipper.tracegen.learn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The optimiser AdamW (Loshchilov and Hutter, arXiv 1711.05101) for one matrix: ND4J's Adam, and
 * the decay of weights apart from the gradient. Not safe for use by many threads.
 */
final class AdamW {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double DECAY = 0.01;

  private final INDArray weights;
  private final INDArray second;
  private final INDArray first;
  private int steps;

  AdamW(INDArray weights) {
    this.weights = weights;
    this.second = Nd4j.zeros(weights.dataType(), weights.shape());
    this.first = Nd4j.zeros(weights.dataType(), weights.shape());
  }

  /** The running means of gradients and of their squares, which a checkpoint keeps. */
  INDArray first() {
    return first;
  }

  INDArray second() {
    return second;
  }

  /** Goes on behind so many steps; the running means are set by the caller. */
  void resume(int done) {
    steps = done;
  }

  /** Takes one step; the gradient's content is lost. */
  void step(INDArray gradient, double learningRate) {
    // ND4J adds epsilon to the root before its bias is corrected, where it would outweigh the small
    // gradients of the first steps.
    double epsilon = EPSILON * Math.sqrt(1 - Math.pow(BETA_2, steps + 1));
    Nd4j.exec(
        DynamicCustomOp.builder("adam_updater")
            .addInputs(gradient, second, first)
            .addOutputs(gradient, second, first)
            .addFloatingPointArguments(learningRate, BETA_1, BETA_2, epsilon)
            .addIntegerArguments(steps++)
            .build());
    weights.muli(1 - learningRate * DECAY);
    weights.subi(gradient);
  }
}
