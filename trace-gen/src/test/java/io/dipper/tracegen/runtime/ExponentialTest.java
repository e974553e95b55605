package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Property
  void of_isWithinThreeInTenMillionOfTheExactValue(
      @ForAll @FloatRange(min = -87, max = 88) float x) {
    assertThat(Exponential.of(x) / Math.exp(x)).isCloseTo(1, within(3e-7));
  }

  @Test
  void of_theEnds() {
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-1000)).isZero();
    assertThat(Exponential.of(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.of(1000)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Exponential.of(Float.NaN)).isNaN();
  }
}
