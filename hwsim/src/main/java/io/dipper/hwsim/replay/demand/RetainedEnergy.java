package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;

/**
 * How much of the activations' energy masks keep: the energy of a unit is the square of its
 * activation times the squared norms of the weight columns that it meets. A proxy for quality that
 * needs no live run.
 *
 * <p>Input units meet the columns of {@code W_up} and {@code W_gate}; GLU units are judged by the
 * GLU activation, whatever they were chosen by, and meet those of {@code W_down}. Where the
 * recording lacks the norms or that activation, nothing is summed up. Not safe for use by many
 * threads.
 */
interface RetainedEnergy {
  /** Takes in the rows whose masks are chosen next; see {@link RowVisitor#visit}. */
  void read(int first, int position, int count);

  /** A new sum of what some masks keep. */
  Share share();

  /** The part of all tokens' energy that their masks keep. */
  interface Share extends MaskSink {
    /** From 0 to 1; 1 where there is no energy at all, NaN where it is not known. */
    double value();
  }

  /**
   * The energies of a group's units.
   *
   * @param signals those of the group in the layer; used where they have the activation, so that it
   *     is read once
   */
  static RetainedEnergy of(
      Recording recording, int layer, UnitGroup group, RecordedSignals signals) {
    ColumnNorms norms = recording.norms();
    Site site = group.space().activation();
    if (norms == null || !recording.sites().contains(site)) {
      return new UnknownEnergy();
    }
    int known = group.signals().indexOf(Signal.of(site));
    RowBlock activations =
        known < 0 ? new RowBlock(recording.column(layer, site)) : signals.column(known);
    return new SummedEnergy(squares(norms, layer, group.space()), activations);
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

  /** Sums nothing up. */
  final class UnknownEnergy implements RetainedEnergy, Share {
    @Override
    public void read(int first, int position, int count) {}

    @Override
    public Share share() {
      return this;
    }

    @Override
    public void accept(int row, UnitSet mask, Signals signals) {}

    @Override
    public double value() {
      return Double.NaN;
    }
  }
}
