package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.Reading;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;

/**
 * A point that can exist: its policy is made and its DRAM divided, but nothing has run yet.
 *
 * @param replayPoint what is replayed of it
 */
public record PlannedPoint(PointConfig config, MemoryPlan plan, ReplayPoint replayPoint) {
  /** What masks it. */
  public MaskPolicy policy() {
    return replayPoint.policy();
  }

  /** How its misses become reads. */
  public Reading fetch() {
    return replayPoint.fetch();
  }

  /** What its device is to do for a demand, from a replay of it or a live run. */
  public Workload workload(Demand demand) {
    return new Workload(config, plan, demand);
  }

  /** What its device is to do for sequences of which no mask is known yet. */
  public Workload workload(int[] lengths) {
    return workload(new Demand(policy().groups(), config.getModel().getLayers(), lengths, fetch()));
  }

  /** How long a demand takes, by the point's accounting. */
  public Timing time(Demand demand) {
    return Accountings.of(config.getAccounting()).time(workload(demand));
  }

  /** This point on another device, its DRAM divided as it is here. */
  PlannedPoint on(HardwareProfile device) {
    PointConfig other = config.toBuilder().setHardware(device).build();
    return new PlannedPoint(other, plan, replayPoint);
  }
}
