package io.dipper.bench.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Misses of a token over its layers. */
class MissSpreadTest {
  private static final int LAYERS = 48;
  private static final int LOOKUPS = 8;
  private static final double[] EACH = new double[LAYERS];

  static {
    Arrays.setAll(EACH, layer -> layer % 2 == 0 ? 2.5e6 : 3e6);
  }

  @Test
  void bytesOfADraw_areThoseAskedFor_giveOrTakeHalfAnExpert() {
    SplittableRandom random = new SplittableRandom(3);
    for (double share = 0; share <= 1; share += 0.01) {
      double bytes = share * LOOKUPS * Arrays.stream(EACH).sum();
      int[] misses = new MissSpread(0.05).draw(bytes, EACH, LOOKUPS, random);
      double drawn = 0;
      for (int layer = 0; layer < LAYERS; layer++) {
        assertThat(misses[layer]).isBetween(0, LOOKUPS);
        drawn += misses[layer] * EACH[layer];
      }
      assertThat(drawn).isCloseTo(bytes, within(2.75e6 / 2 + 1));
    }
  }

  /**
   * Variance of a beta-binomial: n p (1 - p) (1 + (n - 1) rho); meeting the bytes adds a little.
   */
  @Test
  void varianceOverLayers_isTheBinomialOneTimesTheCorrelationsFactor() {
    for (double correlation : new double[] {0.01, 0.05, 0.3}) {
      SplittableRandom random = new SplittableRandom(5);
      double sum = 0;
      double squares = 0;
      int draws = 400;
      for (int i = 0; i < draws; i++) {
        double bytes = 0.4 * LOOKUPS * Arrays.stream(EACH).sum();
        for (int misses : new MissSpread(correlation).draw(bytes, EACH, LOOKUPS, random)) {
          sum += misses;
          squares += (double) misses * misses;
        }
      }
      double mean = sum / draws / LAYERS;
      double variance = squares / draws / LAYERS - mean * mean;
      double expected = LOOKUPS * 0.4 * 0.6 * (1 + (LOOKUPS - 1) * correlation);
      assertThat(mean).isCloseTo(0.4 * LOOKUPS, within(0.02));
      assertThat(variance).isCloseTo(expected, within(0.1 * expected));
    }
  }
}
