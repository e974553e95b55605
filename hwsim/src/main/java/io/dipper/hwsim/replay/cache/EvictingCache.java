package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import org.jspecify.annotations.Nullable;

/** A cache whose units go in the order of the values that an {@link Eviction} gives them. */
abstract class EvictingCache implements UnitCache {
  final int capacity;
  final Eviction eviction;
  final UnitSet cached;

  EvictingCache(int units, int capacity, Eviction eviction) {
    this.capacity = capacity;
    this.eviction = eviction;
    this.cached = new UnitSet(units);
  }

  @Override
  public final int capacity() {
    return capacity;
  }

  @Override
  public final UnitSet cached() {
    return cached;
  }

  @Override
  public int @Nullable [] useCounts() {
    return eviction.useCounts();
  }

  @Override
  public void reset() {
    cached.clear();
    eviction.begin(true);
  }

  @Override
  public final void carry() {
    eviction.begin(false);
  }
}
