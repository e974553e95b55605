package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * Chooses the units of one layer and group, token by token, sequence after sequence. One that
 * scores each unit by its own value is a {@link ScoreSelector}. Not safe for use by many threads.
 */
public interface MaskSelector {
  /**
   * Fills {@code mask} for one token.
   *
   * @param signals what the group declares to look at; not changed
   * @param cache what is cached before this token
   * @param mask receives the selected units; its old content is lost
   */
  void select(Signals signals, CacheView cache, UnitSet mask);
}
