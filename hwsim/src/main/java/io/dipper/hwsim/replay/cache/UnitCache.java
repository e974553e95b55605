package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.unit.UnitSet;

/** The cache of one layer and group: at most C units, updated once per token (batch semantics). */
public interface UnitCache extends CacheView {
  /** The capacity C in units; may exceed N. */
  int capacity();

  /** Forgets everything: a new sequence begins. */
  void reset();

  /** Keeps what it holds and knows: a new sequence begins where another ended. */
  void carry();

  /**
   * Admits the units of a token's mask and evicts others, after hits and misses were counted.
   *
   * @param mask the selected units
   * @param scores the token's scores, for overflow rules that look at them
   */
  void update(UnitSet mask, float[] scores);
}
