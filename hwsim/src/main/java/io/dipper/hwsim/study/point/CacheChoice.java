package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.proto.PointConfig;

/**
 * Whether it can matter which unit a cache parts with. Admission is forced: of a mask that is at
 * least as large as its cache, what is cached stays, the rest of the cache is filled from the mask,
 * and everything else goes. Where all masks are so large, or all units fit, every policy keeps the
 * same units.
 */
final class CacheChoice {
  private CacheChoice() {}

  static boolean exists(Demand demand, MemoryPlan plan, PointConfig config) {
    if (!Caches.mustAdmit(config.getCache()) || Experts.in(config.getModel())) {
      return true;
    }
    for (int group = 0; group < demand.groups().size(); group++) {
      int capacity = plan.cacheColumns()[group];
      int units = demand.groups().get(group).units();
      if (capacity < units && smallestMask(demand, group, capacity) < capacity) {
        return true;
      }
    }
    return false;
  }

  /** The units of the smallest mask, as far as it is smaller than a limit. */
  private static int smallestMask(Demand demand, int group, int limit) {
    int smallest = limit;
    for (int layer = 0; layer < demand.layers(); layer++) {
      for (int row = 0; row < demand.rows(); row++) {
        smallest = Math.min(smallest, demand.selected(group, layer, row));
      }
    }
    return smallest;
  }
}
