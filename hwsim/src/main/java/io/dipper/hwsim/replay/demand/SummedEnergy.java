package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Retained energy, from a few rows of activations at a time. */
final class SummedEnergy implements RetainedEnergy {
  private final float[] squaredNorms;
  private final RowBlock activations;
  private final float[][] energies;
  private final double[] totals;
  private final EnergySums sums = EnergySums.create();
  private int firstRow;

  /**
   * @param squaredNorms of the weight columns that each unit meets, added up
   * @param activations those of the units
   */
  SummedEnergy(float[] squaredNorms, RowBlock activations) {
    this.squaredNorms = squaredNorms;
    this.activations = activations;
    this.energies = new float[RowBlock.ROWS][squaredNorms.length];
    this.totals = new double[RowBlock.ROWS];
  }

  @Override
  public void read(int first, int position, int count) {
    activations.read(first, count);
    for (int r = 0; r < count; r++) {
      totals[r] = sums.energies(activations.row(r).keys(), squaredNorms, energies[r]);
    }
    firstRow = first;
  }

  @Override
  public Share share() {
    return new Sum();
  }

  private final class Sum implements Share {
    private double kept;
    private double all;

    @Override
    public void accept(int row, UnitSet mask, Signals signals) {
      int r = row - firstRow;
      boolean whole = mask.cardinality() == mask.size();
      kept += whole ? totals[r] : sums.sum(energies[r], mask.words());
      all += totals[r];
    }

    @Override
    public double value() {
      return all == 0 ? 1 : Math.min(1, kept / all);
    }
  }
}
