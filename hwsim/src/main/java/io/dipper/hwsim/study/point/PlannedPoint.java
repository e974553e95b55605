package io.dipper.hwsim.study.point;

import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.HotUnits;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.demand.SequenceStart;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.proto.CacheSpec;
import io.dipper.proto.CacheStart;
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
    PointConfig config, MaskPolicy policy, MemoryPlan plan, FetchRules fetch, HotUnits hot) {
  /** What the replay of a point depends on; points that differ in the device alone share it. */
  record DemandKey(
      PolicySpec policy,
      CacheSpec cache,
      List<Integer> cacheColumns,
      long seed,
      CacheStart start,
      FetchRules fetch) {}

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
}
