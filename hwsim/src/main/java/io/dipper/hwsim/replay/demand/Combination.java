package io.dipper.hwsim.replay.demand;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.CacheSpec;
import io.dipper.registry.Trait;
import java.util.List;

/**
 * What cannot go together, by traits.
 *
 * @param why of the policy and the cache, by name
 */
record Combination(Trait policy, Trait cache, String why) {
  private static final List<Combination> IMPOSSIBLE =
      List.of(
          new Combination(
              Trait.LOOKS_AT_CACHE,
              Trait.SEES_FUTURE,
              "cache %2$s must know every mask beforehand, and the masks of %1$s depend on the"
                  + " cache; choose lfu or lru"),
          new Combination(
              Trait.LOOKS_AT_CACHE,
              Trait.PAGED,
              "policy %1$s chooses by what a cache of units holds, and %2$s holds pages; choose lfu"
                  + " or lru, or a policy whose masks do not depend on the cache"),
          new Combination(
              Trait.LOOKS_AT_PROMPT,
              Trait.PAGED,
              "policy %1$s has its prompt computed in one pass, which %2$s does not tell from"
                  + " tokens; choose lfu or lru"),
          new Combination(
              Trait.LOOKS_AHEAD,
              Trait.LOOKS_AT_SCORES,
              "policy %1$s chooses units by another signal than their own, so that they have no"
                  + " scores, and overflow by-score of cache %2$s needs them; choose lowest-index"
                  + " or random"));

  /**
   * @throws UserException if the cache cannot serve the policy
   */
  static void check(MaskPolicy policy, CacheSpec cache) {
    for (Combination combination : IMPOSSIBLE) {
      if (has(policy, combination.policy) && Caches.has(cache, combination.cache)) {
        throw new UserException(
            combination.why.formatted(policy.spec().getName(), cache.getPolicy()));
      }
    }
  }

  /** Whether a policy has a trait, by what it declares of its masks. */
  private static boolean has(MaskPolicy policy, Trait trait) {
    return switch (trait) {
      case LOOKS_AHEAD -> !policy.groups().stream().allMatch(UnitGroup::scoresItself);
      default -> policy.has(trait);
    };
  }
}
