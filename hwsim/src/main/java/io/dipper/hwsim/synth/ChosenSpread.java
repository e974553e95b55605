package io.dipper.hwsim.synth;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How far the logits of chosen experts lie apart. Their weights tell it, whatever they are divided
 * by: the logarithm of the ratio of two is the difference of the logits.
 */
final class ChosenSpread {
  private static final int DRAWS = 1024;

  private ChosenSpread() {}

  /**
   * What normals of variance 1 must be multiplied with for the first and the last of the chosen to
   * lie as far apart as in a recording; 1 where its weights do not tell.
   *
   * @param scores by expert, the mean of its normal
   */
  static double scale(ChosenExperts chosen, double[] scores) {
    double recorded = 0;
    int tokens = 0;
    long ranks = 0;
    for (double[] weights : chosen.weights()) {
      if (weights.length > 1 && weights[weights.length - 1] > 0) {
        recorded += StrictMath.log(weights[0] / weights[weights.length - 1]);
        ranks += weights.length;
        tokens++;
      }
    }
    if (tokens == 0 || recorded <= 0) {
      return 1;
    }
    return recorded / tokens / drawn(scores, (int) Math.rint((double) ranks / tokens));
  }

  /** The mean distance of the first and the last of k chosen where each is a normal. */
  private static double drawn(double[] scores, int k) {
    SplittableRandom random = new SplittableRandom(k);
    LatentColumn latent = new LatentColumn(scores.length, List.of(0f, 0f, 0f), random);
    float[] normals = new float[scores.length];
    char[] unused = new char[scores.length];
    double[] values = new double[scores.length];
    double sum = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      latent.next(true, normals, unused);
      Arrays.setAll(values, e -> scores[e] + normals[e]);
      Arrays.sort(values);
      sum += values[values.length - 1] - values[values.length - k];
    }
    return sum / DRAWS;
  }
}
