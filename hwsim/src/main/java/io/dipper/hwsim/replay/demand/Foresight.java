package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.cache.RecordedUses;
import io.dipper.hwsim.replay.mask.MaskSelector;
import java.util.List;

/**
 * The masks of a whole sequence, chosen before the first of them is played, for caches that see the
 * future. They cannot depend on a cache.
 */
final class Foresight {
  private final RecordedUses uses;
  private final RecordedMasks masks;

  /**
   * @param selector of its own, since a selector may remember the tokens before
   * @param demand which says what tokens a step has
   * @param units the number N of units
   * @param longest rows of the longest sequence
   */
  Foresight(MaskSelector selector, RecordedSignals signals, Demand demand, int units, int longest) {
    RecordedUses to = new RecordedUses(units, longest);
    this.uses = to;
    MaskSink steps = MaskWindow.before((row, mask, seen) -> to.append(mask), demand, units);
    this.masks =
        new RecordedMasks(signals, new MaskLoop(selector, Caches.none(units), List.of(steps)));
  }

  RecordedUses uses() {
    return uses;
  }

  /** Forgets a sequence; another begins. */
  void begin() {
    uses.clear();
  }

  /** Looks at the sequence's next rows; see {@link RowVisitor#visit}. */
  void see(int first, int position, int count) {
    masks.play(first, position, count);
  }
}
