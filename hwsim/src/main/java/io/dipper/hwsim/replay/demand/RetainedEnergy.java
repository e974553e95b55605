package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import org.jspecify.annotations.Nullable;

/**
 * How much of the activations' energy masks keep: the energy of a unit is the square of its
 * activation times the squared norms of the weight columns that it meets. A proxy for quality that
 * needs no live run.
 *
 * <p>Input units meet the columns of {@code W_up} and {@code W_gate}; GLU units are judged by the
 * GLU activation, whatever they were chosen by, and meet those of {@code W_down}.
 */
final class RetainedEnergy {
  private final float[] squaredNorms;
  private final @Nullable RowBlock judged;
  private final float[][] energies;
  private final double[] totals;
  private final EnergySums sums = EnergySums.create();

  private RetainedEnergy(float[] squaredNorms, @Nullable RowBlock judged) {
    this.squaredNorms = squaredNorms;
    this.judged = judged;
    this.energies = new float[RowBlock.ROWS][squaredNorms.length];
    this.totals = new double[RowBlock.ROWS];
  }

  /** The energies of a group's units, or null where the recording lacks norms or their site. */
  static @Nullable RetainedEnergy of(Recording recording, int layer, UnitGroup group) {
    ColumnNorms norms = recording.norms();
    Site site = group.space().activation();
    if (norms == null || !recording.sites().contains(site)) {
      return null;
    }
    boolean same = group.scored().equals(Signal.of(site));
    return new RetainedEnergy(
        squares(norms, layer, group.space()),
        same ? null : new RowBlock(recording.column(layer, site)));
  }

  private static float[] squares(ColumnNorms norms, int layer, UnitSpace space) {
    float[] sums = new float[space.size()];
    for (Matrix matrix : space.readers()) {
      float[] each = matrix.columnNorms(norms, layer);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += each[i] * each[i];
      }
    }
    return sums;
  }

  /** Takes in a few rows, whose scores are given. */
  void read(RowBlock scores, int first, int rows) {
    if (judged != null) {
      judged.read(first, rows);
    }
    RowBlock values = judged == null ? scores : judged;
    for (int r = 0; r < rows; r++) {
      totals[r] = sums.energies(values.row(r).keys(), squaredNorms, energies[r]);
    }
  }

  /** Adds a row's energy, and what of it is in the mask. */
  void add(int row, UnitSet mask, Share to) {
    boolean whole = mask.cardinality() == mask.size();
    to.kept += whole ? totals[row] : sums.sum(energies[row], mask.words());
    to.all += totals[row];
  }

  /** The part of all tokens' energy that their masks keep. */
  static final class Share {
    private double kept;
    private double all;

    /** From 0 to 1; 1 where there is no energy at all. */
    double value() {
      return all == 0 ? 1 : Math.min(1, kept / all);
    }
  }
}
