package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import java.util.Arrays;

/**
 * LFU: the unit goes that was selected least often in this sequence, and in those whose cache was
 * carried over into it. Every selection counts, whether the unit was cached or not, and counts
 * never decay.
 */
final class LeastFrequentlyUsed implements Eviction, UnitEviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "lfu",
              "the unit goes that was selected least often in this sequence",
              "Federici et al., arXiv 2412.01380")
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByValue(
                      new LeastFrequentlyUsed(context.units()), parameters, context));

  private final UnitValues values = UnitValues.create();
  private final int[] counts;

  LeastFrequentlyUsed(int units) {
    this.counts = new int[units];
  }

  @Override
  public void begin(boolean cold) {
    if (cold) {
      Arrays.fill(counts, 0);
    }
  }

  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    values.count(counts, mask);
  }

  @Override
  public void observe(int unit, boolean present) {
    counts[unit]++;
  }

  @Override
  public int[] values() {
    return counts;
  }

  @Override
  public int[] useCounts() {
    return counts;
  }
}
