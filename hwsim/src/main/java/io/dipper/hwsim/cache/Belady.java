package io.dipper.hwsim.cache;

import io.dipper.hwsim.mask.UnitSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Belady's choice: the unit goes whose next selection lies farthest ahead. It knows the future, so
 * it bounds what any cache policy can do with the same masks under forced admission.
 */
final class Belady implements Eviction {
  private final FutureUses future;
  private final int[] nearness;
  private int token;

  Belady(int units, FutureUses future) {
    this.future = future;
    this.nearness = new int[units];
  }

  @Override
  public void reset() {
    Arrays.fill(nearness, 0);
    token = 0;
  }

  /** A cached unit's next use is that after its last selection, so only the selected change. */
  @Override
  public void observe(UnitSet mask) {
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      nearness[unit] = future.tokens() - future.nextUse(unit, token);
    }
    token++;
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
