package io.dipper.hwsim.replay.expert;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import io.dipper.proto.Speculation;
import io.dipper.registry.Trait;

/**
 * What is replayed: a policy, and caches of a size.
 *
 * @param cacheBytes that the experts of all layers may take
 * @param seed for cache policies that draw by chance
 * @param start what the caches hold when a sequence begins
 * @param speculation what is read before a router has spoken
 */
public record ExpertPoint(
    ExpertPolicy policy,
    CacheSpec cache,
    long cacheBytes,
    long seed,
    CacheStart start,
    Speculation speculation) {
  /** A point that reads nothing before a router has spoken. */
  public ExpertPoint(
      ExpertPolicy policy, CacheSpec cache, long cacheBytes, long seed, CacheStart start) {
    this(policy, cache, cacheBytes, seed, start, Speculation.NO_SPECULATION);
  }

  /**
   * @throws UserException if the cache cannot serve the policy
   */
  public ExpertPoint {
    if (policy.has(Trait.LOOKS_AT_CACHE) && Caches.has(cache, Trait.SEES_FUTURE)) {
      throw new UserException(
          "cache %s must know every choice beforehand, and %s chooses by what is cached; choose lfu or lru"
              .formatted(cache.getPolicy(), policy.spec().getName()));
    }
    if (start == CacheStart.PREFILLED) {
      throw new UserException(
          "cache start prefilled goes by magnitudes, and experts have none; choose cold or carried");
    }
  }
}
