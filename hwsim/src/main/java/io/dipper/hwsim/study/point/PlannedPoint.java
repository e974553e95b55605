package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.HotUnits;
import io.dipper.hwsim.replay.demand.Reading;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.time.accounting.Accountings;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A point that can exist: its policy is made and its DRAM divided, but nothing has run yet.
 *
 * @param fetch how its misses become reads
 * @param hot the units of the trace that a prefilled cache holds
 */
public record PlannedPoint(
    PointConfig config, MaskPolicy policy, MemoryPlan plan, Reading fetch, HotUnits hot) {
  /** What the replay of a point depends on; points that differ in the device alone share it. */
  record DemandKey(
      PolicySpec policy,
      CacheSpec cache,
      List<Integer> cacheColumns,
      long seed,
      CacheStart start,
      Reading fetch) {}

  DemandKey demandKey() {
    List<Integer> columns = IntStream.of(plan.cacheColumns()).boxed().toList();
    return new DemandKey(
        config.getPolicy(),
        config.getCache(),
        columns,
        config.getSeed(),
        config.getCacheStart(),
        fetch);
  }

  /** What is replayed of it. */
  public ReplayPoint replayPoint() {
    return new ReplayPoint(
        policy,
        config.getCache(),
        plan.cacheColumns(),
        config.getSeed(),
        new SequenceStart(config.getCacheStart(), hot),
        fetch);
  }

  /** What its device is to do for a demand, from a replay of it or a live run. */
  public Workload workload(Demand demand) {
    return new Workload(config, plan, demand);
  }

  /** How long a demand takes, by the point's accounting. */
  public Timing time(Demand demand) {
    return Accountings.of(config.getAccounting()).time(workload(demand));
  }

  /** This point on another device, its DRAM divided as it is here. */
  PlannedPoint on(HardwareProfile device) {
    PointConfig other = config.toBuilder().setHardware(device).build();
    return new PlannedPoint(other, policy, plan, fetch, hot);
  }
}
