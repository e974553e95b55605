package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import org.jspecify.annotations.Nullable;

/** No cache: every selected unit is fetched for every token. */
final class NoCache implements SizedCache {
  static final Declared<CacheFactory> ENTRY =
      Description.of("none", "nothing is ever kept", "-")
          .having(Trait.KEEPS_NOTHING)
          .by((parameters, context) -> new NoCache(context.units(), context.capacity()));

  private final int capacity;
  private final UnitSet cached;

  NoCache(int units, int capacity) {
    this.capacity = capacity;
    this.cached = new UnitSet(units);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public UnitSet cached() {
    return cached;
  }

  @Override
  public int @Nullable [] useCounts() {
    return null;
  }

  @Override
  public void reset() {}

  @Override
  public void carry() {}

  @Override
  public long heldBytes() {
    return 0;
  }

  @Override
  public void update(int[] batch, int count) {}

  @Override
  public void update(UnitSet mask, float[] scores) {}
}
