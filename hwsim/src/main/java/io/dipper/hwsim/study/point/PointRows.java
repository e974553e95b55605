package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.hardware.AssumedShare;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.HitRates;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.PointDemand;
import io.dipper.hwsim.study.result.PointEnergy;
import io.dipper.hwsim.study.result.PointHits;
import io.dipper.hwsim.study.result.PointIdentity;
import io.dipper.hwsim.study.result.PointMemory;
import io.dipper.hwsim.study.result.PointPerplexity;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.PointSetup;
import io.dipper.hwsim.study.result.PointTime;
import io.dipper.hwsim.study.result.PointTime.ByActivity;
import io.dipper.hwsim.study.result.PointTime.Energy;
import io.dipper.hwsim.study.result.PointTime.FirstToken;
import io.dipper.hwsim.study.result.PointTime.FlashReads;
import io.dipper.hwsim.study.result.PointTraffic;
import io.dipper.hwsim.study.result.Version;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.accounting.Traffic;
import io.dipper.proto.PointConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums a simulated point up in its row. */
final class PointRows {
  private final PlannedPoint point;
  private final Demand demand;
  private final Traffic traffic;

  private PointRows(PlannedPoint point, Demand demand) {
    this.point = point;
    this.demand = demand;
    this.traffic = Traffic.of(point.workload(demand));
  }

  static SimulatedPoint point(PlannedPoint point, Demand demand, Timing timing, TraceInfo trace) {
    PointRow row = new PointRows(point, demand).row(timing, trace);
    List<GroupRow> groups = GroupRows.of(row.pointId(), point, demand);
    return new SimulatedPoint(
        point.config(), point.policy(), point.plan(), demand, timing, new PointResult(row, groups));
  }

  private PointRow row(Timing timing, TraceInfo trace) {
    PointRow row =
        new PointRow(
            identity(trace),
            PointSetup.of(point.config()),
            memory(),
            demand(),
            time(timing),
            quality(trace));
    return row.isMasked() ? row : row.asDense();
  }

  private PointIdentity identity(TraceInfo trace) {
    PointConfig config = point.config();
    ConfigDigest digest = ConfigDigest.of(config);
    return new PointIdentity(
        digest.pointId(),
        trace.label(),
        config.getModel().getName(),
        config.getTraceSha256(),
        digest.sha256(),
        Version.current());
  }

  private PointMemory memory() {
    return new PointMemory(
        point.plan().dramBytes(),
        columns(BlockShape.INPUTS),
        columns(BlockShape.GLU_UNITS),
        traffic.residentBytes());
  }

  private PointDemand demand() {
    boolean differ = CacheChoice.exists(demand, point.plan(), point.config());
    return new PointDemand(
        demand.density(),
        demand.tokens(),
        hits(HitRates.of(demand)),
        new PointTraffic(
            traffic.flashBytesPerToken(),
            traffic.dramBytesPerToken(),
            traffic.touchedBytesPerToken()),
        new PointEnergy(retained(BlockShape.INPUTS), retained(BlockShape.GLU_UNITS)),
        ExpertCounts.of(demand),
        differ ? "yes" : "no");
  }

  private PointHits hits(HitRates rates) {
    return new PointHits(
        known(rates.all()),
        known(rates.in(BlockShape.INPUTS)),
        known(rates.in(BlockShape.GLU_UNITS)),
        total(Count.HITS, BlockShape.INPUTS),
        total(Count.HITS, BlockShape.GLU_UNITS),
        total(Count.SELECTED, BlockShape.INPUTS),
        total(Count.SELECTED, BlockShape.GLU_UNITS));
  }

  private PointTime time(Timing timing) {
    return new PointTime(
        timing.tokensPerSecond(),
        new FirstToken(known(timing.ttftSeconds()), known(timing.firstToken().warm())),
        new ByActivity(
            known(timing.flashSeconds()),
            known(timing.dramSeconds()),
            known(timing.computeSeconds()),
            known(timing.selectSeconds()),
            known(timing.admitSeconds()),
            known(timing.otherSeconds())),
        new FlashReads(
            known(timing.flashRequestsPerToken()),
            known(ExpertCounts.bytesReadPerToken(demand, timing.flashBytesReadPerToken())),
            known(timing.reads().unmeasuredShare())),
        new Energy(known(timing.energyJoulePerToken()), timing.energy().covers()),
        AssumedShare.of(point.config().getHardware()),
        SpeedBand.of(point, demand, timing.tokensPerSecond()));
  }

  private static PointPerplexity quality(TraceInfo trace) {
    Double dense = known(trace.densePerplexity().orElse(Double.NaN));
    return PointPerplexity.ofDense(dense, dense == null ? null : trace.manifest().getProtocol());
  }

  /** The group whose mask chooses among the units of a space, or -1. */
  private int group(String space) {
    return IntStream.range(0, demand.groups().size())
        .filter(g -> demand.groups().get(g).space().id().equals(space))
        .findFirst()
        .orElse(-1);
  }

  private @Nullable Integer columns(String space) {
    int group = group(space);
    return group < 0 ? null : Integer.valueOf(point.plan().cacheColumns()[group]);
  }

  private @Nullable Long total(Count count, String space) {
    int group = group(space);
    return group < 0 ? null : Long.valueOf(demand.total(count, group));
  }

  private @Nullable Double retained(String space) {
    int group = group(space);
    return group < 0 ? null : known(demand.retainedEnergy(group));
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }
}
