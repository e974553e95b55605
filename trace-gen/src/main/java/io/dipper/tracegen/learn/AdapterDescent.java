package io.dipper.tracegen.learn;

/**
 * How an adapter is fitted: AdamW on one block a step, in the order of the text and again from its
 * start, along a cosine from the learning rate to 0.
 *
 * @param steps at most
 * @param learningRate of the first step
 * @param checkEvery steps between two looks at held-out blocks; training ends when three looks have
 *     not found a smaller loss
 * @param toDense whether the loss is the divergence from the dense model, else cross-entropy
 */
public record AdapterDescent(int steps, double learningRate, int checkEvery, boolean toDense) {
  double learningRate(int step) {
    return learningRate * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
