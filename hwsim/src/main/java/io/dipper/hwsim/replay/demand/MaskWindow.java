package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * The units that the tokens of a step select together: gathers their masks, and hands the union on
 * with the last of them. Tokens that belong to no step pass one by one. Not safe for use by many
 * threads.
 */
final class MaskWindow implements MaskSink {
  private final Demand demand;
  private final MaskSink sink;
  private final UnitSet union;
  private int tokens;

  private MaskWindow(Demand demand, int units, MaskSink sink) {
    this.demand = demand;
    this.sink = sink;
    this.union = new UnitSet(units);
  }

  /**
   * A sink that is given the masks of whole steps.
   *
   * @param demand which says what tokens a step has
   * @param units the number N of units
   * @param sink given one mask for each step, with the row and the signals of its last token
   */
  static MaskSink before(MaskSink sink, Demand demand, int units) {
    return demand.reading().window() == 1 ? sink : new MaskWindow(demand, units, sink);
  }

  @Override
  public void accept(int row, UnitSet mask, Signals signals) {
    int step = demand.rowOf(row);
    if (step < 0) {
      sink.accept(row, mask, signals);
      return;
    }
    if (tokens == 0) {
      union.copyFrom(mask);
    } else {
      union.addAll(mask);
    }
    tokens++;
    if (tokens == demand.tokensOf(step)) {
      tokens = 0;
      sink.accept(row, union, signals);
    }
  }
}
