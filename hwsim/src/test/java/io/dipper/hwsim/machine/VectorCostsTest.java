package io.dipper.hwsim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class VectorCostsTest {
  @Test
  void rowsThatTakeATimeAndOneForEachWeight_areTakenApart() {
    double shorter = 256 / (20e-9 + 256 / 15e9);
    double longer = 2048 / (20e-9 + 2048 / 15e9);
    VectorCosts costs = VectorCosts.ofRates(shorter, longer);
    assertThat(costs.each()).isCloseTo(20e-9, within(1e-15));
    assertThat(1 / costs.perWeight()).isCloseTo(15e9, withinPercentage(1e-6));
  }

  @Test
  void rowsThatAreSlowerTheLongerTheyAre_takeNothingByThemselves() {
    VectorCosts costs = VectorCosts.of(10e-9, 200e-9);
    assertThat(costs.each()).isZero();
    assertThat(2048 * costs.perWeight()).isCloseTo(200e-9, within(1e-15));
  }

  @Test
  void shortRowsThatTakeLonger_areNoise_andWeightsTakeNothing() {
    VectorCosts costs = VectorCosts.of(90e-9, 80e-9);
    assertThat(costs.each()).isCloseTo(80e-9, within(1e-15));
    assertThat(costs.perWeight()).isCloseTo(0, within(1e-20));
    VectorCosts rates = VectorCosts.ofRates(256 / 90e-9, 2048 / 80e-9);
    assertThat(rates.each()).isCloseTo(40e-9, within(1e-15));
    assertThat(2048 * rates.perWeight()).isCloseTo(40e-9, within(1e-15));
  }
}
