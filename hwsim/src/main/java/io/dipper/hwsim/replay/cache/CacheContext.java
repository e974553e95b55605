package io.dipper.hwsim.replay.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the cache of one layer and group is made for.
 *
 * @param units the number N of units
 * @param capacity the number C of units that it may hold; may exceed N
 * @param seed for rules that draw by chance
 * @param future the uses to come, for a policy that sees them; else null
 * @param usage how often units are used in a trace, for a policy that is chosen by it; else null
 * @param budget of bytes, where units of unequal size share one; then the capacity is the number of
 *     mean units that fit. Null where units are counted
 */
public record CacheContext(
    int units,
    int capacity,
    long seed,
    @Nullable FutureUses future,
    @Nullable UnitUsage usage,
    @Nullable ByteBudget budget) {
  /** A cache of a number of units. */
  public CacheContext(
      int units, int capacity, long seed, @Nullable FutureUses future, @Nullable UnitUsage usage) {
    this(units, capacity, seed, future, usage, null);
  }

  /** A cache of units that share a budget of bytes. */
  public static CacheContext of(
      ByteBudget budget, long seed, @Nullable FutureUses future, @Nullable UnitUsage usage) {
    int units = budget.unitBytes().length;
    return new CacheContext(units, budget.meanUnits(), seed, future, usage, budget);
  }

  /** A cache that knows neither the future nor a trace. */
  public static CacheContext of(int units, int capacity, long seed) {
    return new CacheContext(units, capacity, seed, null, null);
  }
}
