package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.trace.Fp16;
import io.dipper.trace.SiteColumn;

/**
 * How much of a site's energy lies in its smallest magnitudes: of all {@code (v ‖W_i‖)²} of a
 * layer's tokens, by the fraction of the values that a threshold on |v| keeps. Read in one pass;
 * memory does not grow with the tokens.
 */
final class LostEnergy {
  private final long[] counts = new long[RecordedRow.KEY_MASK + 1];
  private final double[] energies = new double[RecordedRow.KEY_MASK + 1];
  private long count;
  private double energy;

  /**
   * @param squares the squared norm of what each unit is multiplied with
   */
  LostEnergy(SiteColumn column, double[] squares) {
    short[] row = new short[column.width()];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      for (int i = 0; i < row.length; i++) {
        int key = row[i] & RecordedRow.KEY_MASK;
        double value = Fp16.decode((short) key);
        counts[key]++;
        energies[key] += value * value * squares[i];
      }
    }
    for (int key = 0; key < counts.length; key++) {
      count += counts[key];
      energy += energies[key];
    }
  }

  /**
   * The share of the energy that is lost where a fraction of the values is kept, the largest; of
   * equal magnitudes evenly. 0 where there is no energy.
   */
  double below(double keep) {
    double left = Math.min(1, Math.max(0, 1 - keep)) * count;
    double lost = 0;
    for (int key = 0; key < counts.length && left > 0; key++) {
      double part = counts[key] == 0 ? 0 : Math.min(1, left / counts[key]);
      lost += part * energies[key];
      left -= counts[key];
    }
    return energy == 0 ? 0 : lost / energy;
  }
}
