package io.dipper.tracegen.learn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Root-mean-square normalisation and its gradient: {@code y = x r w}, {@code r = 1 / sqrt(mean(x²)
 * + ε)}, so that {@code dx = r (dy w − x r² mean(dy w x))}.
 *
 * @param weights a row of H
 */
record RmsGradient(INDArray weights, double epsilon) {
  INDArray forward(INDArray x) {
    INDArray inverse = inverse(x);
    INDArray y = x.mul(inverse);
    inverse.close();
    return y.muliRowVector(weights);
  }

  INDArray backward(INDArray x, INDArray dy) {
    try (Scratch scratch = new Scratch()) {
      INDArray inverse = scratch.of(inverse(x));
      INDArray dx = dy.mul(weights);
      INDArray along = scratch.of(dx.mul(x));
      INDArray factor = scratch.of(along.mean(true, 1));
      factor.muli(inverse).muli(inverse);
      along.assign(x).muliColumnVector(factor);
      return dx.subi(along).muliColumnVector(inverse);
    }
  }

  private INDArray inverse(INDArray x) {
    INDArray norm = x.norm2(true, 1);
    norm.muli(norm).divi(x.columns()).addi(epsilon);
    return Transforms.sqrt(norm, false).rdivi(1);
  }
}
