package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose units never change.
 *
 * @param heldBytes what they take, where units share a budget of bytes
 */
record FixedCache(int capacity, UnitSet cached, long heldBytes) implements SizedCache {
  @Override
  public int @Nullable [] useCounts() {
    return null;
  }

  @Override
  public void reset() {}

  @Override
  public void carry() {}

  @Override
  public void update(int[] batch, int count) {}

  @Override
  public void update(UnitSet mask, float[] scores) {}
}
