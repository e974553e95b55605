package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.demand.PageRules;
import io.dipper.hwsim.replay.demand.PageRules.Stretches;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.proto.CacheStart;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.PageCache;
import io.dipper.proto.PointConfig;
import java.util.List;

/** Derives a point's page cache from its device, its layout and its memory. */
final class PagePlanner {
  private PagePlanner() {}

  /** Throws where a point with a page cache cannot exist. */
  static void check(PointConfig config) {
    AccountingRules.of(config).checkPages();
    refuse(
        !config.getHardware().getFlash().hasPageCache(),
        "hardware "
            + config.getHardware().getName()
            + " has no flash.page_cache; add e.g. 'page_cache: {page_size: 4 KiB, read_ahead: 128"
            + " KiB, fault: 2 us}' to it");
    refuse(
        config.getLayout() != LayoutKind.COLUMN_MAJOR && config.getLayout() != LayoutKind.BUNDLED,
        "layout " + Layouts.ALL.nameOf(config.getLayout()) + " touches every page; choose another");
    refuse(
        PointSettings.ALL.stream()
            .filter(s -> s.role().topic() == Topic.FETCHING && s != PointSettings.LAYOUT)
            .anyMatch(setting -> !setting.isPreset(config)),
        "the operating system decides what is read; leave out unit order, max_gap, min_request and"
            + " speculation");
    refuse(
        config.getCacheStart() == CacheStart.PREFILLED,
        "it starts cold, carried or prompted, not prefilled");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new UserException("cache page-cache: " + why);
    }
  }

  /** The rules of a point that passed the check. */
  static PageRules rules(PointConfig config, List<UnitGroup> groups, MemoryPlan plan) {
    PageCache cache = config.getHardware().getFlash().getPageCache();
    int pageBytes = ModelBytes.pageBytes(cache);
    int window = Math.max(1, (int) (cache.getReadAhead().getValue() / pageBytes));
    double kept = Math.floor(plan.ledger().bytes(MemoryPart.PAGE_CACHE) / pageBytes * (1 + 1e-12));
    return new PageRules(
        pageBytes,
        window,
        (int) Math.min(kept, Integer.MAX_VALUE - 8),
        groups.stream().map(group -> stretches(config, group)).toList(),
        cache.getAsynchronous(),
        cache.hasHit());
  }

  private static Stretches stretches(PointConfig config, UnitGroup group) {
    UnitRequests each =
        Layouts.of(config.getLayout()).requests(group, ModelBytes.of(config).bits()).get(0);
    return new Stretches(each.stretches(), each.bytesEach());
  }
}
