package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.DemandIdentity;
import io.dipper.proto.PolicySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points with the same demand: one replay serves all of them.
 *
 * @param points at least one
 */
record SharedDemand(List<PlannedPoint> points) {
  /** The demands of points, those of one policy together: both levels in the points' order. */
  static List<List<SharedDemand>> byPolicy(List<PlannedPoint> points) {
    Map<PolicySpec, Map<DemandIdentity, SharedDemand>> policies = new LinkedHashMap<>();
    for (PlannedPoint point : points) {
      policies
          .computeIfAbsent(point.config().getPolicy(), policy -> new LinkedHashMap<>())
          .computeIfAbsent(point.replayPoint().demand(), key -> new SharedDemand(new ArrayList<>()))
          .points()
          .add(point);
    }
    return policies.values().stream().map(demands -> List.copyOf(demands.values())).toList();
  }

  /** Any of the points, to ask for what they have in common. */
  PlannedPoint representative() {
    return points.get(0);
  }
}
