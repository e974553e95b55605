package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;
import org.jspecify.annotations.Nullable;

/** What a cache policy knows of its units, and thereby which cached unit it parts with first. */
public interface Eviction {
  /**
   * A new sequence begins.
   *
   * @param cold whether everything is forgotten; else the cache keeps what it holds
   */
  void begin(boolean cold);

  /**
   * Takes note of a token's mask; victims are chosen afterwards.
   *
   * @param cached what was cached before the token
   */
  void observe(UnitSet mask, UnitSet cached);

  /**
   * The value of keeping each unit, not negative: of those that may go, the ones with the least
   * value go first, ties by lowest index.
   */
  int[] values();

  /** How often each unit was selected since everything was forgotten; null where not counted. */
  int @Nullable [] useCounts();
}
