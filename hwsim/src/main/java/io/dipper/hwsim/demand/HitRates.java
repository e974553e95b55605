package io.dipper.hwsim.demand;

import io.dipper.hwsim.mask.Axis;
import io.dipper.hwsim.mask.UnitGroup;

/**
 * Mean hit rates: over every token, layer and group, the hits divided by the selected units (1
 * where none is selected), weighted by the number of matrices that share the mask.
 *
 * @param all over all groups
 * @param x over those on the input axis; NaN where there is none
 * @param h over those on the GLU axis; NaN where there is none
 */
public record HitRates(double all, double x, double h) {
  public static HitRates of(Demand demand) {
    double[] sums = new double[Axis.values().length];
    double[] weights = new double[sums.length];
    for (int group = 0; group < demand.groups().size(); group++) {
      UnitGroup declared = demand.groups().get(group);
      int axis = declared.axis().ordinal();
      int matrices = declared.covers().size();
      sums[axis] += matrices * sum(demand, group);
      weights[axis] += (double) matrices * demand.layers() * demand.tokens();
    }
    return new HitRates(
        (sums[0] + sums[1]) / (weights[0] + weights[1]),
        sums[0] / weights[0],
        sums[1] / weights[1]);
  }

  private static double sum(Demand demand, int group) {
    double sum = 0;
    for (int layer = 0; layer < demand.layers(); layer++) {
      for (int row = 0; row < demand.tokens(); row++) {
        int selected = demand.selected(group, layer, row);
        sum += selected == 0 ? 1 : (double) demand.hits(group, layer, row) / selected;
      }
    }
    return sum;
  }
}
