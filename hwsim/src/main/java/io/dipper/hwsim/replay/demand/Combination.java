package io.dipper.hwsim.replay.demand;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.proto.CacheSpec;
import io.dipper.registry.Trait;
import java.util.List;

/**
 * What cannot go together, by traits.
 *
 * @param cache a trait of the cache, which no policy whose masks depend on the cache can have
 * @param why of the policy and the cache, by name
 */
record Combination(Trait cache, String why) {
  private static final List<Combination> IMPOSSIBLE =
      List.of(
          new Combination(
              Trait.SEES_FUTURE,
              "cache %2$s must know every mask beforehand, and the masks of %1$s depend on the"
                  + " cache; choose lfu or lru"),
          new Combination(
              Trait.PAGED,
              "policy %1$s chooses by what a cache of units holds, and %2$s holds pages; choose lfu"
                  + " or lru, or a policy whose masks do not depend on the cache"));

  /**
   * @throws UserException if the cache cannot serve the policy
   */
  static void check(MaskPolicy policy, CacheSpec cache) {
    for (Combination combination : IMPOSSIBLE) {
      if (policy.has(Trait.LOOKS_AT_CACHE) && Caches.has(cache, combination.cache)) {
        throw new UserException(
            combination.why.formatted(policy.spec().getName(), cache.getPolicy()));
      }
    }
  }
}
