package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dipper.hwsim.machine.Measured.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorCostsTest {
  private final Map<Measured, Spread> values = new LinkedHashMap<>();

  /** A type whose rows of n weights take {@code vector + n / rate}. */
  private void add(Kind kind, double vector, double rate) {
    for (int length : VectorCosts.LENGTHS) {
      double perSecond = length / (vector + length / rate);
      values.put(
          Measured.products(kind, length, 2), new Spread(perSecond, perSecond, perSecond, 1));
    }
  }

  @Test
  void typesThatTakeTheSameForARow_haveTheirRatesBesideIt() {
    add(Kind.PRODUCTS_F32, 20e-9, 5e9);
    add(Kind.PRODUCTS_Q8_0, 20e-9, 20e9);
    add(Kind.PRODUCTS_Q4_0, 20e-9, 15e9);
    VectorCosts costs = new VectorCosts(values);
    assertThat(costs.vector()).isCloseTo(20e-9, within(1e-15));
    assertThat(costs.rate(Kind.PRODUCTS_F32)).isCloseTo(5e9, withinPercentage(1e-6));
    assertThat(costs.rate(Kind.PRODUCTS_Q8_0)).isCloseTo(20e9, withinPercentage(1e-6));
    assertThat(costs.rate(Kind.PRODUCTS_Q4_0)).isCloseTo(15e9, withinPercentage(1e-6));
  }

  @Test
  void ofTypesThatDiffer_theMiddleOneCounts_andLongRowsTakeWhatWasMeasured() {
    add(Kind.PRODUCTS_F32, 10e-9, 5e9);
    add(Kind.PRODUCTS_Q8_0, 30e-9, 20e9);
    add(Kind.PRODUCTS_Q4_0, 40e-9, 15e9);
    VectorCosts costs = new VectorCosts(values);
    assertThat(costs.vector()).isCloseTo(30e-9, within(1e-15));
    assertThat(costs.vector() + 2048 / costs.rate(Kind.PRODUCTS_Q4_0))
        .isCloseTo(40e-9 + 2048 / 15e9, within(1e-15));
  }

  @Test
  void shortRowsThatAreFasterByNoise_costNothing() {
    add(Kind.PRODUCTS_F32, -1e-9, 5e9);
    add(Kind.PRODUCTS_Q4_0, -2e-9, 15e9);
    assertThat(new VectorCosts(values).vector()).isZero();
  }

  @Test
  void gathering_isTheLineThroughBothLengths_andNeverNegative() {
    double[] line = VectorCosts.gather(70e-9 + 256 * 0.5e-10, 70e-9 + 2048 * 0.5e-10, 0.5);
    assertThat(line[0]).isCloseTo(70e-9, within(1e-15));
    assertThat(line[1]).isCloseTo(1e-10, within(1e-16));
    assertThat(VectorCosts.gather(0, 80e-9, 0.5)[0]).isZero();
    assertThat(VectorCosts.gather(90e-9, 80e-9, 0.5)).containsExactly(80e-9, 0);
  }
}
