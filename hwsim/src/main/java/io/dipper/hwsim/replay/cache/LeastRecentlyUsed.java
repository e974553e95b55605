package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * LRU: the unit goes whose last selection lies farthest back.
 *
 * <p>The age of a cached unit is the number of tokens since it was last selected, so the token of
 * its last selection orders units as their ages do, oldest first.
 */
final class LeastRecentlyUsed implements Eviction, UnitEviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "lru",
              "the unit goes whose last selection lies farthest back",
              "Federici et al., arXiv 2412.01380")
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByUse(
                      new LeastRecentlyUsed(context.units()), parameters, context));

  private final UnitValues values = UnitValues.create();
  private final int[] lastUse;
  private int token;

  LeastRecentlyUsed(int units) {
    this.lastUse = new int[units];
  }

  @Override
  public void begin(boolean cold) {
    if (cold) {
      Arrays.fill(lastUse, 0);
      token = 0;
    }
  }

  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    token++;
    values.put(lastUse, mask, token);
  }

  @Override
  public void observe(int unit, boolean present) {
    lastUse[unit] = ++token;
  }

  @Override
  public int[] values() {
    return lastUse;
  }

  @Override
  public int @Nullable [] useCounts() {
    return null;
  }
}
