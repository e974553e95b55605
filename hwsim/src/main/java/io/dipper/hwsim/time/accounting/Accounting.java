package io.dipper.hwsim.time.accounting;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.proto.PointConfig;

/** Turns a demand into time on a device. */
public interface Accounting {
  /**
   * @param config model, bits, device and lengths
   * @param plan how the DRAM was divided, for the same policy
   * @param demand what hits and what is fetched
   */
  Timing time(PointConfig config, MemoryPlan plan, Demand demand);
}
