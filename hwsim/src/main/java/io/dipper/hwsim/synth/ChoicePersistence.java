package io.dipper.hwsim.synth;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import umontreal.ssj.probdist.NormalDist;
import umontreal.ssj.probdistmulti.BiNormalGenzDist;

/**
 * How long experts stay chosen. Each is taken to be chosen where a standard normal of its own
 * exceeds a threshold, as often as it is; the autocorrelation of these normals is the one that lets
 * tokens at a distance have as many experts in common as they do: the tetrachoric correlation, of
 * all experts together.
 */
final class ChoicePersistence {
  private static final double MOST = 0.999;
  private static final double ACCURACY = 1e-6;
  private static final int STEPS = 100;

  private final double[] scores;

  /**
   * @param scores by expert, the normal of the share of tokens that choose it
   */
  ChoicePersistence(double[] scores) {
    this.scores = scores.clone();
  }

  /**
   * The standard normals below which a share of a distribution lies that is an expert's share of
   * tokens. One that is never chosen counts as chosen by a quarter of a token.
   */
  static double[] scores(ChosenExperts chosen) {
    int tokens = chosen.computed();
    double least = 0.25 / tokens;
    int[] uses = chosen.uses();
    double[] scores = new double[uses.length];
    for (int e = 0; e < scores.length; e++) {
      double share = Math.min(1 - least, Math.max(least, (double) uses[e] / tokens));
      scores[e] = NormalDist.inverseF01(share);
    }
    return scores;
  }

  /** The autocorrelation where two tokens have so many experts in common. */
  double correlation(double common) {
    if (common <= expected(0)) {
      return 0;
    }
    if (common >= expected(MOST)) {
      return MOST;
    }
    return new BrentSolver(ACCURACY).solve(STEPS, rho -> expected(rho) - common, 0, MOST);
  }

  /** How many experts two tokens have in common where normals have this correlation. */
  double expected(double rho) {
    double sum = 0;
    for (double score : scores) {
      sum += BiNormalGenzDist.cdf(score, score, rho);
    }
    return sum;
  }
}
