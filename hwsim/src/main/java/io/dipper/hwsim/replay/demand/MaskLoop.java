package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.CacheView;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.List;

/**
 * Chooses the masks of one layer and group, token by token, and hands each to its sinks in order.
 * Every mask comes from here: in replays, live runs, and wherever masks are only counted. Not safe
 * for use by many threads.
 */
public final class MaskLoop {
  private final MaskSelector selector;
  private final CacheView view;
  private final MaskSink[] sinks;
  private final UnitSet mask;

  /**
   * @param view of the cache that the selector may look at
   * @param sinks receive each mask; a cache that is looked at is one of them
   */
  public MaskLoop(MaskSelector selector, CacheView view, List<? extends MaskSink> sinks) {
    this.selector = selector;
    this.view = view;
    this.sinks = sinks.toArray(MaskSink[]::new);
    this.mask = new UnitSet(view.cached().size());
  }

  /**
   * Chooses the masks of consecutive tokens of a sequence.
   *
   * @param row the first token, counted over all sequences
   * @param count how many tokens
   */
  public void play(SignalRows rows, int row, int count) {
    for (int r = 0; r < count; r++) {
      Signals signals = rows.row(r);
      selector.select(signals, view, mask);
      for (MaskSink sink : sinks) {
        sink.accept(row + r, mask, signals);
      }
    }
  }
}
