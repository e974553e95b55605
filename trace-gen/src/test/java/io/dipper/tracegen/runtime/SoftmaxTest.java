package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
  @Test
  void apply_sharesOneAmongTheScoresThatCountAndLeavesTheOthersNothing() {
    float[] scores = {99, 1, 2, 3, 99};

    Softmax.apply(scores, 0, 5, 1, 4, 0.5f);

    double sum = Math.exp(0.5) + Math.exp(1) + Math.exp(1.5);
    assertThat(scores[0]).isZero();
    assertThat((double) scores[1]).isCloseTo(Math.exp(0.5) / sum, within(1e-7));
    assertThat((double) scores[2]).isCloseTo(Math.exp(1) / sum, within(1e-7));
    assertThat((double) scores[3]).isCloseTo(Math.exp(1.5) / sum, within(1e-7));
    assertThat(scores[4]).isZero();
  }

  @Test
  void apply_toHugeScoresStaysFinite() {
    float[] scores = {1e30f, -1e30f};

    Softmax.apply(scores, 0, 2, 0, 2, 1);

    assertThat(scores[0]).isEqualTo(1);
    assertThat(scores[1]).isBetween(0f, 1e-13f);
  }
}
