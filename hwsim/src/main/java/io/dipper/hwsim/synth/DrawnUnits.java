package io.dipper.hwsim.synth;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Which reference unit each unit of a synthetic layer is like, and how far above it: units are
 * spread evenly over the ranks, each is like the sampled unit of the nearest rank, and its level is
 * that of its own rank. Their order is random, as the index of a unit says nothing of its size.
 *
 * @param like per unit, the index of a sampled unit
 * @param above per unit, its level less that of the unit that it is like
 */
record DrawnUnits(int[] like, double[] above) {
  /** No units. */
  static final DrawnUnits NONE = new DrawnUnits(new int[0], new double[0]);

  /**
   * @param ranks of the sampled units, rising
   * @param levels of the sampled units
   */
  static DrawnUnits draw(
      List<Float> ranks, List<Float> levels, int units, SplittableRandom random) {
    int[] like = new int[units];
    double[] above = new double[units];
    int below = 0;
    int last = ranks.size() - 1;
    for (int i = 0; i < units; i++) {
      double rank = (i + 0.5) / units;
      while (below < last && ranks.get(below + 1) <= rank) {
        below++;
      }
      int next = Math.min(below + 1, last);
      double low = ranks.get(below);
      double high = ranks.get(next);
      double share = high > low ? Math.min(1, Math.max(0, (rank - low) / (high - low))) : 0;
      int nearest = share > 0.5 ? next : below;
      like[i] = nearest;
      above[i] = (1 - share) * levels.get(below) + share * levels.get(next) - levels.get(nearest);
    }
    shuffle(like, above, random);
    return new DrawnUnits(like, above);
  }

  private static void shuffle(int[] like, double[] above, SplittableRandom random) {
    for (int i = like.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int unit = like[i];
      like[i] = like[j];
      like[j] = unit;
      double level = above[i];
      above[i] = above[j];
      above[j] = level;
    }
  }

  /** Where levels are logarithms, how much larger each unit is than the one that it is like. */
  float[] scale() {
    float[] scale = new float[above.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) StrictMath.exp(above[i]);
    }
    return scale;
  }

  /** What each unit has of its reference unit's. */
  float[] of(List<Float> reference) {
    float[] values = new float[like.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = reference.get(like[i]);
    }
    return values;
  }
}
