package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.Signals;
import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * Counts the units of one group and layer that the tokens of a step compute, each token its own.
 *
 * @param group the index of the group in its policy's list
 */
record ComputedUnits(Demand demand, int group, int layer) implements MaskSink {
  @Override
  public void accept(int row, UnitSet mask, Signals signals) {
    int step = demand.rowOf(row);
    if (step >= 0) {
      int before = demand.count(Count.COMPUTED, group, layer, step);
      demand.record(Count.COMPUTED, group, layer, step, before + mask.cardinality());
    }
  }
}
