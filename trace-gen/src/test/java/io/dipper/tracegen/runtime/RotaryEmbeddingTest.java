package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.tracegen.format.Rope;
import io.dipper.tracegen.format.RopeScaling;
import org.junit.jupiter.api.Test;

class RotaryEmbeddingTest {
  private static final float[] HEAD = {1, 2, 3, 4, 5, 6};

  /** A head of which 4 entries are rotated, in the half-split form, at some position. */
  private static float[] rotated(RopeScaling scaling, int position) {
    Rope rope = new Rope(10_000, 4, Rope.Style.HALF_SPLIT, scaling);
    RotaryEmbedding embedding = new RotaryEmbedding(rope);
    embedding.prepare(64);
    float[] head = HEAD.clone();
    embedding.rotate(head, 0, position);
    return head;
  }

  /** The same by hand: entries 0 and 2 turn by one angle, 1 and 3 by another. */
  private static void assertTurned(float[] head, double first, double second, double factor) {
    assertThat((double) head[0])
        .isCloseTo(factor * (Math.cos(first) - 3 * Math.sin(first)), within(1e-5));
    assertThat((double) head[2])
        .isCloseTo(factor * (Math.sin(first) + 3 * Math.cos(first)), within(1e-5));
    assertThat((double) head[1])
        .isCloseTo(factor * (2 * Math.cos(second) - 4 * Math.sin(second)), within(1e-5));
    assertThat((double) head[3])
        .isCloseTo(factor * (2 * Math.sin(second) + 4 * Math.cos(second)), within(1e-5));
  }

  @Test
  void rotate_turnsPairsByTheirFrequencyAndLeavesTheRestAlone() {
    float[] head = rotated(new RopeScaling.None(), 7);

    assertTurned(head, 7, 7 * 0.01, 1);
    assertThat(head[4]).isEqualTo(5);
    assertThat(head[5]).isEqualTo(6);
  }

  @Test
  void rotate_withLinearScalingDividesPositions() {
    assertTurned(rotated(new RopeScaling.Linear(4), 8), 2, 0.02, 1);
  }

  @Test
  void rotate_withDivisorsDividesEachFrequencyAndScalesTheResult() {
    RopeScaling scaling = new RopeScaling.PerFrequency(new double[] {2, 0.5}, 1.5);

    assertTurned(rotated(scaling, 6), 3, 0.12, 1.5);
  }

  @Test
  void rotate_withLongRopeTakesTheDivisorsOfTheContext() {
    double[] inside = {1, 1};
    double[] beyond = {2, 4};

    assertTurned(rotated(new RopeScaling.LongRope(inside, beyond, 64, 1), 6), 6, 0.06, 1);
    assertTurned(rotated(new RopeScaling.LongRope(inside, beyond, 63, 1), 6), 3, 0.015, 1);
  }

  @Test
  void rotate_withLlama3sScalingStretchesTheLongWavelengthsOnly() {
    // Turns within 32 positions: 5.09 for the first pair, above 4: kept; 0.05 for the second, below
    // 1: stretched by 8.
    RopeScaling scaling = new RopeScaling.Llama3(8, 1, 4, 32);

    assertTurned(rotated(scaling, 8), 8, 0.01, 1);
  }

  @Test
  void rotate_withDynamicScalingGrowsTheBaseBeyondTheOriginalContext() {
    // Twice the context of 32 at factor 4: stretch 4 * 2 - 3 = 5, base 10,000 * 5^(4/2), so that
    // the second of two pairs turns 5 times slower.
    assertTurned(rotated(new RopeScaling.Dynamic(4, 32), 8), 8, 0.08 / 5, 1);
    assertTurned(rotated(new RopeScaling.Dynamic(4, 64), 8), 8, 0.08, 1);
  }

  @Test
  void prepare_forAnotherLengthChangesTheAnglesThatDependOnIt() {
    RotaryEmbedding embedding =
        new RotaryEmbedding(
            new Rope(10_000, 4, Rope.Style.HALF_SPLIT, new RopeScaling.Dynamic(4, 32)));
    for (int tokens : new int[] {64, 20, 64}) {
      embedding.prepare(tokens);
      float[] head = HEAD.clone();
      embedding.rotate(head, 0, 8);
      assertTurned(head, 8, tokens == 64 ? 0.016 : 0.08, 1);
    }
  }

  /**
   * Base 100 over 8 entries, of which pair i turns 628.32 / 2π · 100^(-i/4) = 100, 31.6, 10 and 3.2
   * times within the original context. So 32 turns are pair 0.99, rounded down to 0, and 1 turn is
   * pair 4, of which 100 · 100^(-4/4) = 1: pairs 0 to 4 keep 1, 3/4, 1/2 and 1/4.
   */
  @Test
  void yarn_stretchesWhatTurnsSeldomAndBlendsBetween() {
    RopeScaling.Ramp ramp = new RopeScaling.Ramp(32, 1, true, 1);
    RopeScaling scaling = new RopeScaling.Yarn(4, 628, ramp, 1.5);
    Rope rope = new Rope(100, 8, Rope.Style.HALF_SPLIT, scaling);

    for (int pair = 0; pair < 4; pair++) {
      double unscaled = Math.pow(100, -pair / 4.0);
      double kept = 1 - pair / 4.0;
      assertThat(rope.frequency(pair, 1))
          .isCloseTo(unscaled * (kept + (1 - kept) / 4), within(1e-12));
    }
    assertThat(scaling.amplitude()).isEqualTo(1.5);
    assertThat(RopeScaling.Yarn.amplitude(Math.E, 2)).isCloseTo(1.2, within(1e-12));
  }

  @Test
  void both_scaleOneAfterTheOther() {
    RopeScaling divisors = new RopeScaling.PerFrequency(new double[] {2, 0.5}, 1.5);

    assertTurned(
        rotated(new RopeScaling.Both(divisors, new RopeScaling.Linear(3)), 6), 1, 0.04, 1.5);
  }
}
