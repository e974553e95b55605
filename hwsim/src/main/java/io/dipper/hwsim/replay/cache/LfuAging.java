package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * LFU with dynamic aging: a unit's value is how often it was selected since it entered, plus the
 * cache's age when it last was; the age is the largest value that the cache has parted with. So
 * what was popular once goes in the end.
 *
 * <p>Batch rule: the age rises after a token, by the victims of that token; ties go to the lowest
 * index.
 */
final class LfuAging implements Eviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "lfu-aging",
              "the unit goes that was selected least often since it entered, old uses counting less",
              "Arlitt et al., ACM SIGMETRICS PER 27(4), 2000 (LFU-DA)")
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByValue(new LfuAging(context.units()), parameters, context));

  private final int[] uses;
  private final int[] values;
  private final UnitSet mayGo;
  private int age;

  LfuAging(int units) {
    this.uses = new int[units];
    this.values = new int[units];
    this.mayGo = new UnitSet(units);
  }

  @Override
  public void begin(boolean cold) {
    if (cold) {
      Arrays.fill(uses, 0);
      Arrays.fill(values, 0);
      mayGo.clear();
      age = 0;
    }
  }

  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    for (int w = 0; w < mask.words().length; w++) {
      for (long gone = mayGo.words()[w] & ~cached.words()[w]; gone != 0; gone &= gone - 1) {
        age = Math.max(age, values[(w << 6) + Long.numberOfTrailingZeros(gone)]);
      }
      mayGo.words()[w] = cached.words()[w] & ~mask.words()[w];
    }
    for (int w = 0; w < mask.words().length; w++) {
      for (long word = mask.words()[w]; word != 0; word &= word - 1) {
        int unit = (w << 6) + Long.numberOfTrailingZeros(word);
        uses[unit] = cached.contains(unit) ? uses[unit] + 1 : 1;
        values[unit] = age + uses[unit];
      }
    }
  }

  @Override
  public int[] values() {
    return values;
  }

  @Override
  public int @Nullable [] useCounts() {
    return null;
  }
}
