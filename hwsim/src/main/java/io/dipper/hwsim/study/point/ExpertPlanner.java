package io.dipper.hwsim.study.point;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.ExpertRules;
import io.dipper.hwsim.replay.expert.ExpertCaches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Role.Topic;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.CacheStart;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import java.util.List;

/** Derives from a point's configuration how its experts are cached and read. */
final class ExpertPlanner {
  private ExpertPlanner() {}

  /**
   * The rules of a point of a model with experts.
   *
   * @param prompts how many of a sequence's first tokens are its prompt
   * @throws UserException if the cache cannot hold experts, or a setting says nothing of them
   */
  static ExpertRules rules(
      PointConfig config, MaskPolicy policy, MemoryPlan plan, List<Integer> prompts) {
    check(config);
    SpeculationCheck.check(config);
    ExpertRules rules =
        new ExpertRules(
                config.getModel(),
                ModelBytes.of(config).bits(),
                prompts,
                (long) plan.ledger().bytes(MemoryPart.EXPERT_CACHES),
                ModelBytes.pageBytes(config.getHardware().getFlash()))
            .of(policy)
            .guessing(config.getSpeculation());
    SpeculationCheck.check(config, rules);
    ExpertCaches.check(config.getCache(), rules.units(), rules.cacheBytes());
    return rules;
  }

  /**
   * Checks that policy and cache are those of experts where the model has some, and only there.
   *
   * @throws UserException if not, with what would be right
   */
  static void checkPolicy(PointConfig config) {
    String model = config.getModel().getName();
    boolean experts = Experts.in(config.getModel());
    String policy = config.getPolicy().getName();
    if (experts && !Policies.has(config.getPolicy(), Trait.CHOOSES_EXPERTS)) {
      throw new UserException(
          "policy "
              + policy
              + " masks a dense MLP, and "
              + model
              + " has experts; choose router, or another that chooses experts (dipper policies"
              + " list)");
    }
    if (!experts && Caches.isGlobal(config.getCache())) {
      throw new UserException(
          "cache "
              + config.getCache().getPolicy()
              + ": scope=global is for experts, and "
              + model
              + " has none; leave it out");
    }
  }

  private static void check(PointConfig config) {
    boolean columns =
        PointSettings.ALL.stream()
            .filter(s -> s.role().topic() == Topic.FETCHING || s == PointSettings.STREAM_STATIC)
            .filter(setting -> setting != PointSettings.SPECULATION)
            .anyMatch(setting -> !setting.isPreset(config));
    if (columns) {
      throw new UserException(
          "experts are read slice by slice from where the file has them; leave out layout, order,"
              + " max_gap, min_request and stream_static");
    }
    if (config.getCacheStart() == CacheStart.PREFILLED) {
      throw new UserException(
          "cache start prefilled goes by magnitudes, and experts have none; choose cold or carried");
    }
    if (config.getCacheStart() == CacheStart.PROMPTED) {
      throw new UserException(
          "cache start prompted is that of columns, and experts are cached as the trace's own prompts"
              + " leave them; choose cold or carried");
    }
  }

  /** What a point's numbers hide; empty for nothing. */
  static List<String> warnings(PointConfig config, ExpertRules rules) {
    long cycle = rules.units().cycleBytes(config.getModel().getExpertsPerToken());
    boolean cycles =
        Caches.isGlobal(config.getCache())
            && config.getCache().getPolicy().equals("lru")
            && rules.cacheBytes() < cycle;
    return cycles
        ? List.of(
            "one lru cache of "
                + rules.cacheBytes()
                + " bytes over all layers is below one token's cycle of "
                + cycle
                + " bytes: each expert is evicted before it comes again; choose scope=layer, or a"
                + " larger cache")
        : List.of();
  }
}
