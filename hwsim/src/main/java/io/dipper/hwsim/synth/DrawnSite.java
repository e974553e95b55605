package io.dipper.hwsim.synth;

import io.dipper.proto.SiteActivations;
import io.dipper.trace.Site;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One site of a synthetic layer, token after token: each unit's latent normal goes through the
 * quantile function of the unit that it is like, and gets a sign as often as that. Not safe for use
 * by many threads.
 */
final class DrawnSite {
  /** silu(z) = z·σ(z) is nowhere less than this. */
  private static final float LEAST_SILU = -0.27846f;

  private static final float UNIFORM_RANGE = 1 << 16;
  private static final int SIGN = 1 << 31;

  private final LatentColumn latent;
  private final int[] tables;
  private final float[] scale;
  private final float[] magnitudes;
  private final float[] positive;
  private final float mostNegative;
  private final float[] normals;
  private final char[] uniforms;

  /**
   * @param scaled whether units have the scale of their own rank: where the site is the one by
   *     which they are ranked
   */
  DrawnSite(SiteActivations reference, DrawnUnits units, boolean scaled, SplittableRandom random) {
    int count = units.like().length;
    this.latent = new LatentColumn(count, reference.getPersistenceList(), random);
    this.tables = units.like();
    this.scale = units.scale();
    if (!scaled) {
      Arrays.fill(scale, 1);
    }
    this.magnitudes = Knots.tables(reference.getMagnitudesList());
    this.positive =
        thresholds(
            units.of(reference.getPositiveBelowList()), units.of(reference.getPositiveAboveList()));
    this.mostNegative =
        reference.getSite().equals(Site.GATE.id()) ? -LEAST_SILU : Float.POSITIVE_INFINITY;
    this.normals = new float[count];
    this.uniforms = new char[count];
  }

  /** What a uniform must stay below for a positive value: per unit below and above its median. */
  private static float[] thresholds(float[] below, float[] above) {
    float[] both = new float[2 * below.length];
    for (int i = 0; i < below.length; i++) {
      both[2 * i] = below[i] * UNIFORM_RANGE;
      both[2 * i + 1] = above[i] * UNIFORM_RANGE;
    }
    return both;
  }

  /** Goes on to the next token. */
  void next(boolean begin) {
    latent.next(begin, normals, uniforms);
  }

  /** Lets this token's normals be correlated with another site's. */
  void correlate(DrawnSite other, float correlation) {
    float rest = (float) Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < normals.length; i++) {
      normals[i] = correlation * other.normals[i] + rest * normals[i];
    }
  }

  /** The values of the current token. */
  void values(float[] out) {
    for (int i = 0; i < normals.length; i++) {
      float normal = normals[i];
      float magnitude = scale[i] * Knots.at(magnitudes, tables[i] * Knots.COUNT, normal);
      // Signs are chance, which branches would mispredict half of the time.
      int above = ~Float.floatToRawIntBits(normal) >>> 31;
      int sign = ~Float.floatToRawIntBits(uniforms[i] - positive[2 * i + above]) & SIGN;
      if (magnitude > mostNegative) {
        sign = 0;
      }
      out[i] = Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | sign);
    }
  }
}
