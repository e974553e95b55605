package io.dipper.hwsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of a router from its choices alone. */
class ChosenExpertsTest {
  private static ChosenExperts chosen(int experts, int[]... tokens) {
    double[][] weights =
        Arrays.stream(tokens)
            .map(token -> IntStream.range(0, token.length).mapToDouble(r -> 1.0 / (1 + r)))
            .map(stream -> stream.toArray())
            .toArray(double[][]::new);
    return new ChosenExperts(experts, tokens, weights);
  }

  /**
   * Of 1,2 | 2,3 | 2,1 | none | 1,0 then 1,0: one in common, one, then none to compare, then two.
   */
  @Test
  void common_countsPairsOfASequenceThatWereComputed() {
    int[][] tokens = {{1, 2}, {2, 3}, {2, 1}, {}, {1, 0}, {1, 0}};
    ChosenExperts chosen = chosen(4, tokens);
    boolean[] one = {true, false, false, false, false, false};
    assertThat(chosen.common(one, 1)).isEqualTo(4.0 / 3);
    assertThat(chosen.common(one, 2)).isEqualTo((2 + 1) / 2.0);
    boolean[] two = {true, false, true, false, false, true};
    assertThat(chosen.common(two, 1)).isEqualTo(1);
    assertThat(chosen.common(two, 4)).isNegative();
    assertThat(chosen.uses()).containsExactly(2, 4, 3, 1);
    assertThat(chosen.computed()).isEqualTo(5);
  }

  /** Two normals of correlation r are both below 0 with probability 1/4 + asin(r) / 2π. */
  @Test
  void correlation_isThatOfNormalsThatAreBothBelowTheirMedian() {
    ChoicePersistence persistence = new ChoicePersistence(new double[8]);
    for (double rho : new double[] {0, 0.1, 0.5, 0.9}) {
      double common = 8 * (0.25 + Math.asin(rho) / (2 * Math.PI));
      assertThat(persistence.expected(rho)).isCloseTo(common, within(1e-9));
      assertThat(persistence.correlation(common)).isCloseTo(rho, within(1e-5));
    }
    assertThat(persistence.correlation(1)).isZero();
    assertThat(persistence.correlation(4)).isEqualTo(0.999);
  }

  @Test
  void anExpertThatIsNeverChosen_hasTheScoreOfAQuarterOfAToken() {
    double[] scores = ChoicePersistence.scores(chosen(3, new int[] {0}, new int[] {0}));
    assertThat(scores[1]).isEqualTo(scores[2]).isCloseTo(-1.1503, within(1e-4));
    assertThat(scores[0]).isCloseTo(1.1503, within(1e-4));
  }

  /** Logits of twice a normal: the weights of those that are chosen tell the two. */
  @Test
  void scale_isFoundFromTheWeightsOfTheChosen() {
    int experts = 32;
    LatentColumn latent = new LatentColumn(experts, List.of(0f, 0f, 0f), new SplittableRandom(3));
    float[] normals = new float[experts];
    int[][] tokens = new int[2000][];
    double[][] weights = new double[2000][];
    for (int t = 0; t < tokens.length; t++) {
      latent.next(true, normals, new char[experts]);
      tokens[t] =
          IntStream.range(0, experts)
              .boxed()
              .sorted((a, b) -> Float.compare(normals[b], normals[a]))
              .limit(4)
              .mapToInt(Integer::intValue)
              .toArray();
      weights[t] = Arrays.stream(tokens[t]).mapToDouble(e -> Math.exp(2 * normals[e])).toArray();
    }
    ChosenExperts chosen = new ChosenExperts(experts, tokens, weights);
    assertThat(ChosenSpread.scale(chosen, new double[experts])).isCloseTo(2, within(0.1));
  }

  @Test
  void weightsThatSayNothing_leaveTheScale() {
    assertThat(ChosenSpread.scale(chosen(3, new int[] {0}, new int[] {2}), new double[3])).isOne();
  }
}
