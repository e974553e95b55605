package io.dipper.hwsim.replay.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the cache of one layer and group is made for.
 *
 * @param units the number N of units
 * @param capacity the number C of units that it may hold; may exceed N
 * @param seed for overflow rules that draw by chance
 * @param future the uses to come, for a policy that sees them; else null
 */
public record CacheContext(int units, int capacity, long seed, @Nullable FutureUses future) {
  /** A cache that does not see the future. */
  public static CacheContext of(int units, int capacity, long seed) {
    return new CacheContext(units, capacity, seed, null);
  }
}
