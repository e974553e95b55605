package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.proto.PageCache;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that a device does in passes through a model: which steps there are, what each reads and
 * computes in each pass, and what may be read ahead. It holds no seconds: whoever walks it prices
 * it.
 *
 * <pre>{@code
 * Schedule schedule = Schedule.decode(work);
 * StepWork now = new StepWork(schedule);
 * for (int step = 0; step < schedule.plan().steps().length; step++) {
 *   now.load(row, step, positions);
 *   // fetch what is missed, read now.cachedBytes(), compute now.flops() ...
 * }
 * }</pre>
 *
 * @param plan the steps of a pass
 * @param counts what each pass asks of their units
 * @param pass what a pass is, apart from its steps
 * @param ahead what may be read ahead
 */
public record Schedule(TokenPlan plan, UnitCounts counts, PassShape pass, ReadAhead ahead) {
  /** The tokens of a workload, one after another. */
  public static Schedule decode(Workload work) {
    TokenPlan plan = TokenPlanner.plan(work);
    return new Schedule(
        plan,
        UnitCounts.of(work.demand()),
        PassShape.decode(missedAreRead(work), Tiers.of(work.plan())),
        ReadAhead.decode(plan, work.plan()));
  }

  /**
   * The one pass of the workload's prompt.
   *
   * @param work the workload whose tokens this schedule has
   * @param warm whether caches are full
   */
  public Schedule prompt(Workload work, boolean warm) {
    TokenPlan dense = plan.dense();
    return new Schedule(
        dense,
        promptCounts(work, warm),
        PassShape.prompt(
            work.config().getPromptLength(), missedAreRead(work), Tiers.of(work.plan())),
        warm ? ReadAhead.decode(dense, work.plan()) : ReadAhead.prompt(dense, work.plan()));
  }

  /**
   * The one pass of a workload's first prompt whose experts were counted: the union of those of its
   * tokens, of which each token computes its own.
   *
   * @param prompts what the prompts ask for
   * @param length tokens of the first one
   */
  public Schedule prompt(Workload work, Demand prompts, int length) {
    List<List<Step>> layers = new ArrayList<>();
    for (int layer = 0; layer < plan.layers().size(); layer++) {
      int l = layer;
      layers.add(
          plan.layers().get(layer).stream()
              .map(step -> step.isMasked() ? step.computing(share(prompts, step, l, length)) : step)
              .toList());
    }
    TokenPlan union = new TokenPlan(layers, plan.head());
    return new Schedule(
        union,
        UnitCounts.of(prompts),
        PassShape.prompt(length, missedAreRead(work), Tiers.of(work.plan())),
        ReadAhead.decode(union, work.plan()));
  }

  /** Of the units that a prompt selects in a step, those that one of its tokens computes. */
  private static double share(Demand prompts, Step step, int layer, int length) {
    int group = step.units().group();
    double selected = prompts.selected(group, layer, 0);
    double computed = prompts.count(Count.COMPUTED, group, layer, 0);
    return selected == 0 ? 0 : computed / (selected * length);
  }

  /** What comes from Flash through the DRAM is read from there again. */
  private static boolean missedAreRead(Workload work) {
    return work.config().getHardware().getDram().getFlashTraffic();
  }

  /**
   * What a prompt selects, which is everything, and finds cached. Through the page cache a dense
   * pass finds all pages or, where not all fit, none: each is evicted before its next use.
   */
  private static UnitCounts promptCounts(Workload work, boolean warm) {
    PointConfig config = work.config();
    MemoryPlan plan = work.plan();
    int[] units = work.demand().groups().stream().mapToInt(UnitGroup::units).toArray();
    if (!Caches.has(config.getCache(), Trait.PAGED)) {
      boolean keeps = warm && !Caches.has(config.getCache(), Trait.KEEPS_NOTHING);
      int[] cached = new int[units.length];
      Arrays.setAll(cached, g -> keeps ? Math.min(plan.cacheColumns()[g], units[g]) : 0);
      return UnitCounts.dense(units, cached);
    }
    double[] matrices = matrixBytes(work);
    double all = Arrays.stream(matrices).sum() * config.getModel().getLayers();
    PageCache pages = config.getHardware().getFlash().getPageCache();
    if (warm && plan.ledger().bytes(MemoryPart.PAGE_CACHE) >= all) {
      return UnitCounts.dense(units, units).held(pages, matrices);
    }
    return UnitCounts.dense(units, new int[units.length]).through(pages, matrices);
  }

  /** The bytes of the matrices of each group in a layer. */
  private static double[] matrixBytes(Workload work) {
    return work.demand().groups().stream()
        .mapToDouble(group -> work.bytes().matrices(group.covers()))
        .toArray();
  }
}
