package io.dipper.hwsim.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class PersistenceTest {
  /** Autocorrelation at a lag is the sum of w·φ^lag. */
  @Test
  void fit_findsTheSharesThatMadeTheAutocorrelations() {
    assertThat(Persistence.fit(autocorrelations(0.4, 0.2, 0.1)))
        .containsExactly(new double[] {0.4, 0.2, 0.1}, within(1e-9));
    assertThat(Persistence.fit(autocorrelations(0, 0, 0.5)))
        .containsExactly(new double[] {0, 0, 0.5}, within(1e-9));
  }

  @Test
  void fit_ofNegativeAutocorrelations_isNone() {
    assertThat(Persistence.fit(new double[] {-0.2, -0.1, -0.05, 0, 0, 0})).containsOnly(0);
  }

  @Test
  void fit_neverExceedsTheVariance() {
    double[] shares = Persistence.fit(new double[] {1, 1, 1, 1, 1, 1});
    assertThat(Arrays.stream(shares).sum()).isLessThanOrEqualTo(1);
  }

  @Test
  void latents_areStandardNormalsWithTheAutocorrelationsOfTheirShares() {
    List<Float> shares = List.of(0.4f, 0.2f, 0.2f);
    int units = 500;
    int tokens = 1000;
    double[][] drawn = new double[units][tokens];
    LatentColumn latent = new LatentColumn(units, shares, new SplittableRandom(5));
    float[] normals = new float[units];
    char[] uniforms = new char[units];
    SummaryStatistics moments = new SummaryStatistics();
    SummaryStatistics uniform = new SummaryStatistics();
    for (int t = 0; t < tokens; t++) {
      latent.next(t == 0, normals, uniforms);
      for (int u = 0; u < units; u++) {
        drawn[u][t] = normals[u];
        moments.addValue(normals[u]);
        uniform.addValue(uniforms[u]);
      }
    }
    assertThat(moments.getMean()).isCloseTo(0, within(0.02));
    assertThat(moments.getVariance()).isCloseTo(1, within(0.02));
    assertThat(uniform.getMean()).isCloseTo(32767.5, within(100.0));
    boolean[] begins = new boolean[tokens];
    begins[0] = true;
    double[] expected = autocorrelations(0.4, 0.2, 0.2);
    for (int i = 0; i < expected.length; i++) {
      assertThat(SampledColumn.autocorrelation(drawn, begins, Persistence.LAGS[i]))
          .as("lag %s", Persistence.LAGS[i])
          .isCloseTo(expected[i], within(0.02));
    }
  }

  @Test
  void aSequenceThatBegins_remembersNothing() {
    LatentColumn latent = new LatentColumn(2000, List.of(0f, 0f, 1f), new SplittableRandom(5));
    double[][] drawn = new double[2000][2];
    float[] normals = new float[2000];
    for (int t = 0; t < 2; t++) {
      latent.next(true, normals, new char[2000]);
      for (int u = 0; u < normals.length; u++) {
        drawn[u][t] = normals[u];
      }
    }
    double correlation = SampledColumn.autocorrelation(drawn, new boolean[] {true, false}, 1);
    assertThat(correlation).isCloseTo(0, within(0.08));
  }

  private static double[] autocorrelations(double... shares) {
    return Arrays.stream(Persistence.LAGS)
        .mapToDouble(
            lag ->
                shares[0] * Math.pow(0.3, lag)
                    + shares[1] * Math.pow(0.8, lag)
                    + shares[2] * Math.pow(0.98, lag))
        .toArray();
  }
}
