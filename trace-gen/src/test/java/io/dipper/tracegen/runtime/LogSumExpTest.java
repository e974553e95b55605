package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class LogSumExpTest {
  @Property
  void value_isThatOfAllValuesAtOnce(
      @ForAll @Size(min = 2, max = 50) float @FloatRange(min = -90, max = 90) [] values,
      @ForAll @FloatRange(min = 0, max = 1) float cut) {
    int first = (int) (cut * (values.length - 1));
    LogSumExp parts = new LogSumExp();
    parts.add(values.clone(), 0, first);
    parts.add(values.clone(), first, values.length - first);

    double largest = Double.NEGATIVE_INFINITY;
    for (float v : values) {
      largest = Math.max(largest, v);
    }
    double sum = 0;
    for (float v : values) {
      sum += Math.exp(v - largest);
    }
    assertThat(parts.value()).isCloseTo(largest + Math.log(sum), within(1e-6));
  }
}
