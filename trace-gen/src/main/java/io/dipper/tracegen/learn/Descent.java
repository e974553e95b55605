package io.dipper.tracegen.learn;

/**
 * How weights are fitted: AdamW along a cosine from the learning rate to 0.
 *
 * @param passes over the examples, at most: training ends when held-out examples have not become
 *     better for three passes
 * @param batch examples of a step
 * @param learningRate of the first step
 * @param heldOut the share of the examples that no step sees, the last ones, by whole sequences
 *     where there are several
 * @param seed of initial weights and of the order of examples
 */
public record Descent(int passes, int batch, double learningRate, double heldOut, long seed) {
  /** Passes without a better result before training ends. */
  static final int PATIENCE = 3;

  /** The learning rate of a step of so many. */
  double learningRate(int step, int steps) {
    return learningRate * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
