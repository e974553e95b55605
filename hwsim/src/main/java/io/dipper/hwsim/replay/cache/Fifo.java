package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * FIFO: the unit goes that entered first, however often it was selected since.
 *
 * <p>Batch rule: the units of a token enter together, and of units that entered together the one of
 * lowest index goes first.
 */
final class Fifo implements Eviction, UnitEviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of("fifo", "the unit goes that entered first", "-")
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByUse(new Fifo(context.units()), parameters, context));

  private final int[] entered;
  private int token;

  Fifo(int units) {
    this.entered = new int[units];
  }

  @Override
  public void begin(boolean cold) {
    if (cold) {
      Arrays.fill(entered, 0);
      token = 0;
    }
  }

  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    token++;
    for (int w = 0; w < mask.words().length; w++) {
      for (long word = mask.words()[w] & ~cached.words()[w]; word != 0; word &= word - 1) {
        entered[(w << 6) + Long.numberOfTrailingZeros(word)] = token;
      }
    }
  }

  @Override
  public void observe(int unit, boolean present) {
    token++;
    if (!present) {
      entered[unit] = token;
    }
  }

  @Override
  public int[] values() {
    return entered;
  }

  @Override
  public int @Nullable [] useCounts() {
    return null;
  }
}
