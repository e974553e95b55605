package org.example.dipper;

import io.dipper.hwsim.replay.cache.CacheFactory;
import io.dipper.hwsim.replay.cache.Eviction;
import io.dipper.hwsim.replay.cache.EvictionCaches;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import java.util.Arrays;

/** Parts first with the unit whose present run of selections began first. */
final class OldestRun implements Eviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of("oldest-run", "the unit goes whose present run of selections began first", "-")
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByUse(new OldestRun(context.units()), parameters, context));

  private final int[] began;
  private final UnitSet before;
  private int token;

  OldestRun(int units) {
    this.began = new int[units];
    this.before = new UnitSet(units);
  }

  @Override
  public void begin(boolean cold) {
    if (cold) {
      before.clear();
      Arrays.fill(began, 0);
      token = 0;
    }
  }

  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    token++;
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      if (!before.contains(unit)) {
        began[unit] = token;
      }
    }
    before.copyFrom(mask);
  }

  @Override
  public int[] values() {
    return began;
  }

  @Override
  public int[] useCounts() {
    return null; // it counts none
  }
}
