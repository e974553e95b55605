package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Property
  void ofNegative_isWithinTwoMillionthsNearZero(@ForAll @FloatRange(min = -4, max = 0) float x) {
    assertThat(Exponential.ofNegative(x) / Math.exp(x)).isCloseTo(1, within(2e-6));
  }

  @Property
  void ofNegative_isWithinThreeTenMillionthsOfOneEverywhere(
      @ForAll @FloatRange(min = -1e30f, max = 0) float x) {
    assertThat(Exponential.ofNegative(x) - Math.exp(x)).isCloseTo(0, within(3e-7));
  }

  @Test
  void ofNegative_theEnds() {
    assertThat(Exponential.ofNegative(0)).isEqualTo(1);
    assertThat(Exponential.ofNegative(Float.NEGATIVE_INFINITY)).isBetween(0f, 1e-13f);
    assertThat(Exponential.ofNegative(Float.NaN)).isNaN();
  }
}
