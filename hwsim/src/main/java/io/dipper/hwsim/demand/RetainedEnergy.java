package io.dipper.hwsim.demand;

import io.dipper.hwsim.mask.UnitSet;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import org.jspecify.annotations.Nullable;

/**
 * How much of a token's activations a mask keeps, as a share of their energy: the energy of a unit
 * is the square of its activation times the squared norms of the weight columns that it meets. A
 * proxy for quality that needs no live run.
 *
 * <p>Input units meet the columns of {@code W_up} and {@code W_gate}; all others are judged by the
 * GLU activation, which meets {@code W_down}.
 */
final class RetainedEnergy {
  private final float[] squaredNorms;
  private final ColumnReplay.@Nullable ScoreBlock judged;
  private final float[][] energies;
  private final double[] totals;

  private RetainedEnergy(float[] squaredNorms, ColumnReplay.@Nullable ScoreBlock judged, int rows) {
    this.squaredNorms = squaredNorms;
    this.judged = judged;
    this.energies = new float[rows][squaredNorms.length];
    this.totals = new double[rows];
  }

  /** The energies at a scored site, or null where the recording lacks norms or the GLU site. */
  static @Nullable RetainedEnergy of(Recording recording, int layer, Site scored, int rows) {
    ColumnNorms norms = recording.norms();
    Site site = scored == Site.X ? Site.X : Site.GLU;
    if (norms == null || !recording.sites().contains(site)) {
      return null;
    }
    SiteColumn other = site == scored ? null : recording.column(layer, site);
    return new RetainedEnergy(
        site == Site.X ? squares(norms.up(layer), norms.gate(layer)) : squares(norms.down(layer)),
        other == null ? null : new ColumnReplay.ScoreBlock(other, rows),
        rows);
  }

  private static float[] squares(float[]... norms) {
    float[] sums = new float[norms[0].length];
    for (float[] each : norms) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += each[i] * each[i];
      }
    }
    return sums;
  }

  /** Takes in a few rows, whose scores are given. */
  void read(ColumnReplay.ScoreBlock scores, int first, int rows) {
    if (judged != null) {
      judged.read(first, rows);
    }
    ColumnReplay.ScoreBlock values = judged == null ? scores : judged;
    for (int r = 0; r < rows; r++) {
      totals[r] = fill(values.row(r), energies[r]);
    }
  }

  /** Four sums at once, because each addition waits for the one before it. */
  private double fill(float[] values, float[] energy) {
    for (int i = 0; i < energy.length; i++) {
      energy[i] = values[i] * values[i] * squaredNorms[i];
    }
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < energy.length; i += 4) {
      a += energy[i];
      b += energy[i + 1];
      c += energy[i + 2];
      d += energy[i + 3];
    }
    for (; i < energy.length; i++) {
      a += energy[i];
    }
    return a + b + (c + d);
  }

  /** The share of a row's energy in the mask; 1 where there is none at all. */
  double share(int row, UnitSet mask) {
    float[] energy = energies[row];
    long[] words = mask.words();
    double even = 0;
    double odd = 0;
    for (int w = 0; w < words.length; w++) {
      long word = words[w];
      for (; (word & word - 1) != 0; word &= word - 1) {
        even += energy[(w << 6) + Long.numberOfTrailingZeros(word)];
        word &= word - 1;
        odd += energy[(w << 6) + Long.numberOfTrailingZeros(word)];
      }
      if (word != 0) {
        even += energy[(w << 6) + Long.numberOfTrailingZeros(word)];
      }
    }
    boolean all = mask.cardinality() == mask.size() || totals[row] == 0;
    return all ? 1 : Math.min(1, (even + odd) / totals[row]);
  }
}
