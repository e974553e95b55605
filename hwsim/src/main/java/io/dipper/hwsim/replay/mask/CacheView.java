package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.unit.UnitSet;
import org.jspecify.annotations.Nullable;

/** What a masking policy may know of the cache. */
public interface CacheView {
  /** The cached units; a view that changes with the cache. */
  UnitSet cached();

  /**
   * How often each unit was selected since the cache was empty; null for a cache that does not
   * count uses.
   */
  int @Nullable [] useCounts();
}
