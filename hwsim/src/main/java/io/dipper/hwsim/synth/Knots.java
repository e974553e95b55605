package io.dipper.hwsim.synth;

import java.util.List;
import umontreal.ssj.probdist.NormalDist;

/**
 * The points of a standard normal at which a unit's quantile function is kept: a magnitude is where
 * its latent normal lies between two of them. Evenly spaced, so that finding them is arithmetic.
 */
final class Knots {
  static final int COUNT = 17;
  private static final double LOWEST = -4;
  private static final double PER_UNIT = 2;

  private Knots() {}

  /** The standard normal of a knot. */
  static double normal(int knot) {
    return LOWEST + knot / PER_UNIT;
  }

  /** The share of a distribution below a knot. */
  static double probability(int knot) {
    return NormalDist.cdf01(normal(knot));
  }

  /** Tables as a message has them, one after another. */
  static float[] tables(List<Float> values) {
    float[] tables = new float[values.size()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = values.get(i);
    }
    return tables;
  }

  /** Interpolates the table that begins at an index, at a standard normal. */
  static float at(float[] table, int from, float normal) {
    float place = (float) PER_UNIT * (normal - (float) LOWEST);
    float inside = Math.min(Math.max(place, 0), COUNT - 1.0001f);
    int knot = (int) inside;
    float low = table[from + knot];
    return low + (inside - knot) * (table[from + knot + 1] - low);
  }
}
