package io.dipper.hwsim.replay.cache;

import io.dipper.registry.Choice;

/** Makes caches of units from what they know of them. */
public final class EvictionCaches {
  private EvictionCaches() {}

  /**
   * A cache whose units are ranked by the values by which the policy parts with them.
   *
   * @param parameters the admission and the overflow rule among them
   */
  public static UnitCache rankedByValue(
      Eviction eviction, Choice parameters, CacheContext context) {
    return of(eviction, parameters, context, false);
  }

  /**
   * A cache whose units are ranked by how often they were selected, because its policy orders them
   * by when they came, which always favours the newcomer.
   *
   * @param parameters the admission and the overflow rule among them
   */
  public static UnitCache rankedByUse(Eviction eviction, Choice parameters, CacheContext context) {
    return of(eviction, parameters, context, true);
  }

  private static UnitCache of(
      Eviction eviction, Choice parameters, CacheContext context, boolean byUses) {
    if (context.budget() != null) {
      return new RankedSizedCache(context.budget(), eviction, false);
    }
    return CacheParameters.bypasses(parameters)
        ? new BypassCache(context, eviction, byUses)
        : new BatchCache(
            context.units(),
            context.capacity(),
            eviction,
            CacheParameters.overflow(parameters, context));
  }
}
