package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
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
import io.dipper.proto.LayoutKind;
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
    if (config.getLayout() == LayoutKind.AUTO) {
      throw new UserException(
          "layout auto is chosen by simulating points; name a layout, or simulate and sweep");
    }
    if (Caches.has(config.getCache(), Trait.PAGED)) {
      return PagePlanner.rules(config, groups, plan);
    }
    SpeculationCheck.check(config, groups);
    boolean natural = config.getUnitOrder() == UnitOrder.NATURAL;
    List<Integer> gaps = groups.stream().map(group -> gapUnits(config, group)).toList();
    FetchRules rules =
        new FetchRules(natural ? UnitPlaces.NATURAL : coActivation, gaps, config.getSpeculation())
            .afterPrompt(Policies.densePrompt(config.getPolicy()))
            .inWindows(Windows.tokens(config));
    return config.getLayout() == LayoutKind.AS_STORED
        ? rules.inBlocks(StoredRows.rules(config, groups, gaps))
        : rules;
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
