package io.dipper.tracegen.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.tracegen.runtime.Nd4jBackend;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MapTrainingTest {
  private static final int EXAMPLES = 7;
  private static final int INPUTS = 5;
  private static final int RANK = 3;
  private static final int UNITS = 6;

  @BeforeAll
  static void start() {
    Nd4jBackend.start();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradient_isThatOfDifferences(boolean rectified) {
    Random random = new Random(3);
    INDArray x = gaussian(random, EXAMPLES, INPUTS);
    INDArray targets = gaussian(random, EXAMPLES, UNITS);
    for (int i = 0; i < targets.length(); i++) {
      targets.putScalar(i, targets.getDouble(i) > 0 ? 1 : 0);
    }
    INDArray inner = gaussian(random, INPUTS, RANK);
    INDArray outer = gaussian(random, RANK, UNITS);
    MapTraining map = new MapTraining(inner, outer, rectified);
    MapTraining.Gradient gradient = map.gradient(x, targets);
    assertSlopes(map, x, targets, inner, gradient.inner());
    assertSlopes(map, x, targets, outer, gradient.outer());
  }

  @Test
  void loss_ofLogitsFarFromZero_isFinite() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{1000, -1000, 1000, -1000}});
    INDArray targets = Nd4j.createFromArray(new double[][] {{1, 0, 0, 1}});
    assertThat(MapTraining.loss(logits, targets)).isCloseTo(500, within(1e-9));
  }

  /** Central differences in float64, relative to the larger of the two slopes. */
  private static void assertSlopes(
      MapTraining map, INDArray x, INDArray targets, INDArray weights, INDArray gradient) {
    double step = 1e-5;
    for (int row = 0; row < weights.rows(); row++) {
      for (int column = 0; column < weights.columns(); column++) {
        double value = weights.getDouble(row, column);
        weights.putScalar(row, column, value + step);
        double above = MapTraining.loss(map.logits(x), targets);
        weights.putScalar(row, column, value - step);
        double below = MapTraining.loss(map.logits(x), targets);
        weights.putScalar(row, column, value);
        double slope = (above - below) / (2 * step);
        assertThat(gradient.getDouble(row, column))
            .as("%d, %d", row, column)
            .isCloseTo(slope, within(1e-3 * Math.max(Math.abs(slope), 1e-4)));
      }
    }
  }

  private static INDArray gaussian(Random random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return Nd4j.createFromArray(values);
  }
}
