package io.dipper.hwsim.synth;

import java.util.List;
import java.util.SplittableRandom;
import umontreal.ssj.probdist.NormalDist;

/**
 * A standard normal per unit that changes from token to token as {@link Persistence} says, and a
 * fresh uniform beside each. Units are independent. Not safe for use by many threads.
 *
 * <p>One random long per unit and token: four indexes into a table of normal quantiles, and 16 bits
 * for the uniform.
 */
final class LatentColumn {
  private static final int INDEX_BITS = 12;
  private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
  private static final float[] NORMALS = normals();

  private final SplittableRandom random;
  private final float[] rates = new float[Persistence.RATES.length];
  private final float[] innovations = new float[rates.length];
  private final float[] amplitudes = new float[rates.length];
  private final float fresh;
  private final float[] fast;
  private final float[] middle;
  private final float[] slow;

  /**
   * @param shares of the variance, one for each of {@link Persistence#RATES}
   */
  LatentColumn(int units, List<Float> shares, SplittableRandom random) {
    this.random = random;
    double rest = 1;
    for (int j = 0; j < rates.length; j++) {
      rates[j] = (float) Persistence.RATES[j];
      innovations[j] = (float) Math.sqrt(1 - Persistence.RATES[j] * Persistence.RATES[j]);
      amplitudes[j] = (float) Math.sqrt(shares.get(j));
      rest -= shares.get(j);
    }
    this.fresh = (float) Math.sqrt(Math.max(0, rest));
    this.fast = new float[units];
    this.middle = new float[units];
    this.slow = new float[units];
  }

  /** The midpoints of equally likely parts of a standard normal. */
  private static float[] normals() {
    float[] table = new float[1 << INDEX_BITS];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) NormalDist.inverseF01((i + 0.5) / table.length);
    }
    return table;
  }

  /**
   * Draws the next token.
   *
   * @param begin whether a sequence begins: nothing is remembered
   * @param normals one per unit
   * @param uniforms one per unit, 16 bits
   */
  void next(boolean begin, float[] normals, char[] uniforms) {
    float keepFast = begin ? 0 : rates[0];
    float keepMiddle = begin ? 0 : rates[1];
    float keepSlow = begin ? 0 : rates[2];
    float newFast = begin ? 1 : innovations[0];
    float newMiddle = begin ? 1 : innovations[1];
    float newSlow = begin ? 1 : innovations[2];
    for (int i = 0; i < fast.length; i++) {
      long bits = random.nextLong();
      float f = keepFast * fast[i] + newFast * normal(bits, 0);
      float m = keepMiddle * middle[i] + newMiddle * normal(bits, 1);
      float s = keepSlow * slow[i] + newSlow * normal(bits, 2);
      fast[i] = f;
      middle[i] = m;
      slow[i] = s;
      normals[i] =
          amplitudes[0] * f + amplitudes[1] * m + amplitudes[2] * s + fresh * normal(bits, 3);
      uniforms[i] = (char) (bits >>> 4 * INDEX_BITS);
    }
  }

  private static float normal(long bits, int which) {
    return NORMALS[(int) (bits >>> which * INDEX_BITS) & INDEX_MASK];
  }
}
