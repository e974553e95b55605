package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;

/**
 * What full masks ask for, in closed form: every token selects all N units, and once the prompt has
 * read each of them the cache holds min(C, N), which no such mask ever changes.
 */
public final class FullDemand {
  private FullDemand() {}

  /** The demand of a point whose masks are always full. */
  public static Demand of(ReplayPoint point, Recording run) {
    int layers = run.model().getLayers();
    Demand demand =
        new Demand(point.policy().groups(), layers, run.sequenceLengths(), point.fetch());
    for (int g = 0; g < demand.groups().size(); g++) {
      UnitGroup group = demand.groups().get(g);
      int units = group.units();
      boolean keeps = !Caches.has(point.cache(), Trait.KEEPS_NOTHING);
      int hits = keeps ? Math.min(point.cacheColumns()[g], units) : 0;
      for (int layer = 0; layer < layers; layer++) {
        for (int row = 0; row < demand.rows(); row++) {
          demand.record(g, layer, row, units, hits, hits < units ? 1 : 0);
          demand.record(Count.COMPUTED, g, layer, row, units * demand.tokensOf(row));
        }
      }
    }
    return demand;
  }
}
