package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.unit.UnitSet;

/** Chooses the units of one layer and group, token by token. Not safe for use by many threads. */
public interface MaskSelector {
  /**
   * Fills {@code mask} for one token.
   *
   * @param scores the activation at the scored site, signed, one value per unit; not changed
   * @param position the token's 0-based position in its sequence
   * @param cache what is cached before this token
   * @param mask receives the selected units; its old content is lost
   */
  void select(float[] scores, int position, CacheView cache, UnitSet mask);

  /** The same for recorded activations, which a selector may look at without decoding them. */
  default void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    select(row.values(), position, cache, mask);
  }
}
