package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;

/**
 * The bound that no cache of C units exceeds: after each token it keeps, of what it held and what
 * the token selected, the C units whose next use is nearest ({@link Belady}'s values). Every unit
 * that is kept until its next use takes one place for that interval, and keeping the intervals that
 * end soonest leaves the most of them (Belady's MIN with bypass).
 */
final class OptionalAdmission extends EvictingCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of(
              "belady-optional",
              "the units stay whose next selection is nearest, and none must enter: no cache of"
                  + " units hits more often",
              "Belady, IBM Systems Journal 5(2), 1966, with bypass")
          .having(Trait.SEES_FUTURE, Trait.OWN_ADMISSION)
          .by(
              (parameters, context) ->
                  context.budget() == null
                      ? new OptionalAdmission(context, Belady.of(context))
                      : new RankedSizedCache(context.budget(), Belady.of(context), true));

  private final UnitValues values = UnitValues.create();

  private OptionalAdmission(CacheContext context, Eviction eviction) {
    super(context.units(), context.capacity(), eviction);
  }

  @Override
  public void update(UnitSet mask, float[] scores) {
    eviction.observe(mask, cached);
    for (int w = 0; w < cached.words().length; w++) {
      cached.words()[w] |= mask.words()[w];
    }
    int surplus = cached.cardinality() - capacity;
    if (capacity == 0) {
      cached.clear();
    } else if (surplus > 0) {
      values.removeLeast(surplus, eviction.values(), cached);
    }
  }
}
