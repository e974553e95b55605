package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;

/**
 * The counts of a replay in steps of several tokens, which read the units of all of them once, and
 * compute each its own.
 */
record WindowCounts(Demand demand) implements UnitCounts {
  @Override
  public int count(Count count, int group, int layer, int row) {
    return demand.count(count, group, layer, row);
  }

  @Override
  public int tokens(int row) {
    return demand.tokensOf(row);
  }

  @Override
  public double computing(int group, int layer, int row) {
    double together = demand.selected(group, layer, row);
    double each = demand.count(Count.COMPUTED, group, layer, row) / (double) tokens(row);
    return together == 0 ? 1 : each / together;
  }
}
