package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.hwsim.replay.select.SignalRow;
import io.dipper.hwsim.replay.unit.UnitSet;

/** A selector that looks at one signal, which has a score for each unit. */
public interface ScoreSelector extends MaskSelector {
  /**
   * Fills {@code mask} for one token.
   *
   * @param scores the activation at the scored site, signed, one value per unit; not changed
   * @param position the token's 0-based position in its sequence
   * @param cache what is cached before this token
   * @param mask receives the selected units; its old content is lost
   */
  void select(float[] scores, int position, CacheView cache, UnitSet mask);

  /**
   * Fills {@code mask} by recorded activations, which a selector may compare without decoding them.
   * The mask must be that of the decoded values.
   */
  default void select(RecordedRow row, int position, CacheView cache, UnitSet mask) {
    select(row.values(), position, cache, mask);
  }

  @Override
  default void select(Signals signals, CacheView cache, UnitSet mask) {
    SignalRow row = signals.row(0);
    if (row instanceof RecordedRow recorded) {
      select(recorded, signals.position(), cache, mask);
    } else {
      select(row.values(), signals.position(), cache, mask);
    }
  }
}
