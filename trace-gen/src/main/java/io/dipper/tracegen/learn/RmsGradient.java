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
    return x.mul(inverse(x)).mul(weights);
  }

  INDArray backward(INDArray x, INDArray dy) {
    INDArray inverse = inverse(x);
    INDArray weighted = dy.mul(weights);
    INDArray mean = weighted.mul(x).mean(true, 1);
    INDArray along = x.mul(mean.mul(inverse).mul(inverse));
    return weighted.sub(along).mul(inverse);
  }

  private INDArray inverse(INDArray x) {
    return Transforms.sqrt(x.mul(x).mean(true, 1).add(epsilon), false).rdiv(1);
  }
}
