package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.tracegen.format.Activation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.apache.commons.math3.distribution.NormalDistribution;

class GateTest {
  @Property
  void silu_isXTimesItsSigmoid(@ForAll @FloatRange(min = -50, max = 50) float x) {
    assertThat(gate(Activation.SILU, x)).isCloseTo(x / (1 + Math.exp(-x)), tolerance(x));
  }

  @Property
  void geluTanh_isTheTanhForm(@ForAll @FloatRange(min = -20, max = 20) float x) {
    double u = Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3));

    assertThat(gate(Activation.GELU_TANH, x)).isCloseTo(x / 2 * (1 + Math.tanh(u)), tolerance(x));
  }

  @Property
  void gelu_isXTimesTheNormalDistributionFunction(
      @ForAll @FloatRange(min = -20, max = 20) float x) {
    double expected = x * new NormalDistribution().cumulativeProbability(x);

    assertThat(gate(Activation.GELU, x)).isCloseTo(expected, tolerance(x));
  }

  @Property
  void geluSigmoid_isXTimesASteeperSigmoid(@ForAll @FloatRange(min = -50, max = 50) float x) {
    assertThat(gate(Activation.GELU_SIGMOID, x))
        .isCloseTo(x / (1 + Math.exp(-1.702 * x)), tolerance(x));
  }

  @Property
  void relu_isItsPositivePart(@ForAll @FloatRange(min = -50, max = 50) float x) {
    assertThat(gate(Activation.RELU, x)).isEqualTo(Math.max(x, 0));
    assertThat(gate(Activation.RELU_SQUARED, x)).isEqualTo(Math.max(x, 0) * Math.max(x, 0));
  }

  private static org.assertj.core.data.Offset<Double> tolerance(float x) {
    return within(1e-6 * Math.max(1, Math.abs(x)));
  }

  private static double gate(Activation activation, float x) {
    float[] values = {9, x, 9};
    Gate.apply(activation, values, 1, 2);
    assertThat(values[0] + values[2]).isEqualTo(18);
    return values[1];
  }
}
