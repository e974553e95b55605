package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Mean hit rates: over every step, layer and group, the hits divided by the selected units (1 where
 * none is selected), weighted by the number of matrices that share the mask.
 *
 * @param all over all groups
 * @param bySpace over those that choose among the units of a space, by its id
 */
public record HitRates(double all, Map<String, Double> bySpace) {
  public HitRates {
    bySpace = Map.copyOf(bySpace);
  }

  public static HitRates of(Demand demand) {
    Map<String, Double> bySpace = new LinkedHashMap<>();
    for (UnitGroup group : demand.groups()) {
      String space = group.space().id();
      bySpace.computeIfAbsent(space, id -> mean(demand, g -> g.space().id().equals(id)));
    }
    return new HitRates(mean(demand, g -> true), bySpace);
  }

  /** The rate of a space; NaN where no mask chooses among its units. */
  public double in(String space) {
    return bySpace.getOrDefault(space, Double.NaN);
  }

  /** The mean of one group. */
  public static double of(Demand demand, int group) {
    return sum(demand, group) / ((double) demand.layers() * demand.rows());
  }

  private static double mean(Demand demand, Predicate<UnitGroup> counted) {
    double sum = 0;
    double weight = 0;
    for (int group = 0; group < demand.groups().size(); group++) {
      UnitGroup declared = demand.groups().get(group);
      if (counted.test(declared)) {
        int matrices = declared.covers().size();
        sum += matrices * sum(demand, group);
        weight += (double) matrices * demand.layers() * demand.rows();
      }
    }
    return sum / weight;
  }

  private static double sum(Demand demand, int group) {
    double sum = 0;
    for (int layer = 0; layer < demand.layers(); layer++) {
      for (int row = 0; row < demand.rows(); row++) {
        int selected = demand.selected(group, layer, row);
        sum += selected == 0 ? 1 : (double) demand.hits(group, layer, row) / selected;
      }
    }
    return sum;
  }
}
