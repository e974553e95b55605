package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;

/** A cache that keeps nothing: every selected unit is fetched for every token. */
final class NoCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of("none", "nothing is ever kept", "-")
          .having(Trait.KEEPS_NOTHING)
          .by(
              (parameters, context) ->
                  new FixedCache(context.capacity(), new UnitSet(context.units()), 0));

  private NoCache() {}
}
