package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.Reading;
import io.dipper.hwsim.replay.demand.UnitPlaces;
import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.hwsim.time.schedule.Windows;
import io.dipper.proto.PointConfig;
import io.dipper.proto.UnitOrder;
import io.dipper.registry.Trait;
import java.util.List;

/** Derives from a point's configuration what a replay has to know of its fetches. */
final class FetchPlanner {
  private FetchPlanner() {}

  /**
   * The rules of a point, as far as its accounting knows of reads.
   *
   * @param coActivation the places of units in that order
   */
  static Reading rules(
      PointConfig point, List<UnitGroup> groups, MemoryPlan plan, UnitPlaces coActivation) {
    PointConfig config = AccountingRules.of(point).reads(point);
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      return PagePlanner.rules(config, groups, plan);
    }
    SpeculationCheck.check(config, groups);
    boolean natural = config.getUnitOrder() == UnitOrder.NATURAL;
    return new FetchRules(
            natural ? UnitPlaces.NATURAL : coActivation,
            groups.stream().map(group -> gapUnits(config, group)).toList(),
            config.getSpeculation())
        .afterPrompt(Policies.densePrompt(config.getPolicy()))
        .inWindows(Windows.tokens(config));
  }

  /** The units whose bytes are at most {@code max_gap}, wherever they lie. */
  private static int gapUnits(PointConfig config, UnitGroup group) {
    Layout layout = Layouts.of(config.getLayout());
    double largest =
        layout.requests(group, ModelBytes.of(config).bits()).stream()
            .mapToDouble(UnitRequests::bytesEach)
            .max()
            .orElseThrow();
    return (int) Math.min(group.units(), Math.floor(config.getMaxGap() / largest));
  }
}
