package io.dipper.hwsim.demand;

import io.dipper.hwsim.cache.Caches;
import io.dipper.hwsim.mask.UnitGroup;
import io.dipper.hwsim.model.ShapeRecording;

/**
 * What full masks ask for, in closed form: every token selects all N units, and once the prompt has
 * read each of them the cache holds min(C, N), which no such mask ever changes.
 */
public final class FullDemand {
  private FullDemand() {}

  /** The demand of a point whose masks are always full. */
  public static Demand of(ReplayPoint point, ShapeRecording run) {
    int layers = run.model().getLayers();
    Demand demand =
        new Demand(
            point.policy().groups(), layers, run.sequenceLengths(), point.fetch().extraCounts());
    for (int g = 0; g < demand.groups().size(); g++) {
      UnitGroup group = demand.groups().get(g);
      int units = group.axis().units(run.model());
      boolean keeps = !Caches.isNone(point.cache());
      int hits = keeps ? Math.min(point.cacheColumns()[g], units) : 0;
      for (int layer = 0; layer < layers; layer++) {
        for (int row = 0; row < run.tokens(); row++) {
          demand.record(g, layer, row, units, hits, hits < units ? 1 : 0);
        }
      }
    }
    return demand;
  }
}
