package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.Axis;
import io.dipper.hwsim.replay.unit.UnitGroup;
import java.util.EnumSet;
import java.util.Set;

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
    return new HitRates(
        mean(demand, EnumSet.allOf(Axis.class)),
        mean(demand, EnumSet.of(Axis.X)),
        mean(demand, EnumSet.of(Axis.H)));
  }

  private static double mean(Demand demand, Set<Axis> axes) {
    double sum = 0;
    double weight = 0;
    for (int group = 0; group < demand.groups().size(); group++) {
      UnitGroup declared = demand.groups().get(group);
      if (axes.contains(declared.axis())) {
        int matrices = declared.covers().size();
        sum += matrices * sum(demand, group);
        weight += (double) matrices * demand.layers() * demand.tokens();
      }
    }
    return sum / weight;
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
