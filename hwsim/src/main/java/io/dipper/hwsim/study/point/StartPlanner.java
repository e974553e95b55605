package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.CacheStart;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;

/**
 * What the caches of a point hold when a sequence begins. A dense run that has a prompt does not
 * begin cold: the prompt has used all weights, so that what fits of them is there. Which units a
 * dense prompt leaves to a mask is for the point to say.
 */
final class StartPlanner {
  private StartPlanner() {}

  static CacheStart start(PointConfig config) {
    boolean warm =
        config.getCacheStart() == CacheStart.COLD
            && config.getPromptLength() > 0
            && Policies.has(config.getPolicy(), Trait.DENSE)
            && !Experts.in(config.getModel());
    return warm ? CacheStart.PROMPTED : config.getCacheStart();
  }
}
