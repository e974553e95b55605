package io.dipper.tracegen.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The optimiser against its formulas (Loshchilov and Hutter, algorithm 2), weight by weight. */
class AdamWTest {
  private static final double RATE = 0.002;

  /** Large gradients, and some that are as small as epsilon, where its place decides. */
  private static final float[] GRADIENTS = {1, -0.3f, 1e-3f, 1e-7f, -2e-8f, 5e-9f, 0, 3e-8f};

  private static final float[] WEIGHTS = {0.5f, -0.5f, 1, 0.1f, 0.1f, -0.1f, 2, 0};

  @Test
  void steps_areThoseOfTheFormulas() {
    INDArray weights = Nd4j.create(WEIGHTS.clone(), new long[] {2, 4});
    AdamW updater = new AdamW(weights);
    double[] expected = new double[WEIGHTS.length];
    double[] first = new double[WEIGHTS.length];
    double[] second = new double[WEIGHTS.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = WEIGHTS[i];
    }
    for (int step = 1; step <= 5; step++) {
      float sign = step % 3 == 0 ? -1 : 1;
      float[] gradient = new float[GRADIENTS.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = sign * GRADIENTS[i];
        first[i] = 0.9 * first[i] + 0.1 * gradient[i];
        second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
        double mean = first[i] / (1 - Math.pow(0.9, step));
        double root = Math.sqrt(second[i] / (1 - Math.pow(0.999, step)));
        expected[i] -= RATE * (0.01 * expected[i] + mean / (root + 1e-8));
      }
      updater.step(Nd4j.create(gradient, new long[] {2, 4}), RATE);
      float[] actual = weights.castTo(DataType.FLOAT).dup('c').data().asFloat();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) actual[i]).as("weight %d", i).isCloseTo(expected[i], within(2e-6));
      }
    }
  }
}
