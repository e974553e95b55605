package io.dipper.hwsim.replay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestLogitsTest {
  @Test
  void selected_areThoseOfASort_tiesToTheLowestIndex() {
    Random random = new Random(5);
    for (int run = 0; run < 500; run++) {
      int units = 1 + random.nextInt(150);
      int k = random.nextInt(units + 1);
      float shift = (float) random.nextGaussian();
      float[] logits = new float[units];
      for (int i = 0; i < units; i++) {
        // Few values, so that many are equal, zeroes of both signs among them.
        logits[i] = run % 2 == 0 ? random.nextInt(7) - 3 : (float) random.nextGaussian() + shift;
        logits[i] = logits[i] == 0 && random.nextBoolean() ? -0f : logits[i];
      }
      UnitSet mask = new UnitSet(units);
      new LargestLogits(k, units).select(logits, mask);
      int[] expected =
          IntStream.range(0, units)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(i -> -(logits[i] + 0.0))
                      .thenComparingInt(i -> i))
              .limit(k)
              .mapToInt(i -> i)
              .sorted()
              .toArray();
      assertThat(IntStream.range(0, units).filter(mask::contains).toArray())
          .as("run %d", run)
          .containsExactly(expected);
    }
  }
}
