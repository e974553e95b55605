package io.dipper.hwsim.replay.cache;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import org.jspecify.annotations.Nullable;

/**
 * Belady's choice: the unit goes whose next selection lies farthest ahead. Where every mask fits
 * its cache, no policy that must admit what is selected hits more often; one that may turn units
 * away can, up to {@link OptionalAdmission}.
 */
final class Belady implements Eviction, UnitEviction {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "belady",
              "the unit goes whose next selection lies farthest ahead: the best where every selected"
                  + " unit must enter",
              "Belady, IBM Systems Journal 5(2), 1966")
          .having(Trait.SEES_FUTURE)
          .by(
              (parameters, context) ->
                  EvictionCaches.rankedByValue(Belady.of(context), parameters, context));

  private final FutureUses future;
  private final int[] nearness;
  private int token;

  Belady(int units, FutureUses future) {
    this.future = future;
    this.nearness = new int[units];
  }

  static Belady of(CacheContext context) {
    FutureUses future = context.future();
    if (future == null) {
      throw new UserException(
          "cache belady must know every mask beforehand; it works only in replay");
    }
    return new Belady(context.units(), future);
  }

  /** What is cached already has its next use in the new sequence. */
  @Override
  public void begin(boolean cold) {
    token = 0;
    for (int unit = 0; unit < nearness.length; unit++) {
      nearness[unit] = cold ? 0 : future.tokens() - future.nextUse(unit, -1);
    }
  }

  /** A cached unit's next use is that after its last selection, so only the selected change. */
  @Override
  public void observe(UnitSet mask, UnitSet cached) {
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      nearness[unit] = future.tokens() - future.nextUse(unit, token);
    }
    token++;
  }

  @Override
  public void observe(int unit, boolean present) {
    nearness[unit] = future.tokens() - future.nextUse(unit, token++);
  }

  @Override
  public int[] values() {
    return nearness;
  }

  @Override
  public int @Nullable [] useCounts() {
    return null;
  }
}
