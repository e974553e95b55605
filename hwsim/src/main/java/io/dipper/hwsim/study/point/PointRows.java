package io.dipper.hwsim.study.point;

import io.dipper.hwsim.profile.hardware.AssumedShare;
import io.dipper.hwsim.replay.cache.CacheStarts;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.HitRates;
import io.dipper.hwsim.replay.demand.Speculations;
import io.dipper.hwsim.replay.layout.Layouts;
import io.dipper.hwsim.replay.layout.UnitOrders;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.hwsim.study.result.GroupRow;
import io.dipper.hwsim.study.result.PointResult;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Version;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.accounting.Traffic;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.proto.PointConfig;
import io.dipper.registry.Trait;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums a simulated point up in its row. */
final class PointRows {
  private final PlannedPoint point;
  private final Demand demand;

  private PointRows(PlannedPoint point, Demand demand) {
    this.point = point;
    this.demand = demand;
  }

  static SimulatedPoint point(PlannedPoint point, Demand demand, Timing timing, TraceInfo trace) {
    PointRow row = new PointRows(point, demand).row(timing, trace);
    List<GroupRow> groups = GroupRows.of(row.pointId(), point, demand);
    return new SimulatedPoint(
        point.config(), point.policy(), point.plan(), demand, timing, new PointResult(row, groups));
  }

  private PointRow row(Timing timing, TraceInfo trace) {
    PointConfig config = point.config();
    ConfigDigest digest = ConfigDigest.of(config);
    HitRates rates = HitRates.of(demand);
    Traffic traffic = Traffic.of(point.workload(demand));
    boolean dense = Policies.has(config.getPolicy(), Trait.DENSE);
    OptionalDouble denseLoss = trace.densePerplexity();
    return new PointRow(
        /* pointId= */ digest.pointId(),
        /* trace= */ trace.label(),
        /* model= */ config.getModel().getName(),
        /* hardware= */ config.getHardware().getName(),
        /* accounting= */ config.getAccounting().name().toLowerCase(Locale.ROOT),
        /* policy= */ config.getPolicy().getName(),
        /* policyParams= */ ConfigDigest.canonicalJson(config.getPolicy().getParameters()),
        /* cache= */ config.getCache().getPolicy(),
        /* dramBytes= */ point.plan().dramBytes(),
        /* cacheColumnsX= */ columns(BlockShape.INPUTS),
        /* cacheColumnsH= */ columns(BlockShape.GLU_UNITS),
        /* density= */ demand.density(),
        /* hitRate= */ known(rates.all()),
        /* hitRateX= */ known(rates.in(BlockShape.INPUTS)),
        /* hitRateH= */ known(rates.in(BlockShape.GLU_UNITS)),
        /* hitsX= */ total(Count.HITS, BlockShape.INPUTS),
        /* hitsH= */ total(Count.HITS, BlockShape.GLU_UNITS),
        /* selectedX= */ total(Count.SELECTED, BlockShape.INPUTS),
        /* selectedH= */ total(Count.SELECTED, BlockShape.GLU_UNITS),
        /* flashBytesPerToken= */ traffic.flashBytesPerToken(),
        /* dramBytesPerToken= */ traffic.dramBytesPerToken(),
        /* flashRequestsPerToken= */ known(timing.flashRequestsPerToken()),
        /* tokens= */ demand.tokens(),
        /* tokensPerSecond= */ timing.tokensPerSecond(),
        /* ttftS= */ known(timing.ttftSeconds()),
        /* residentBytes= */ traffic.residentBytes(),
        /* touchedBytesPerToken= */ traffic.touchedBytesPerToken(),
        /* timeFlashS= */ known(timing.flashSeconds()),
        /* timeDramS= */ known(timing.dramSeconds()),
        /* timeComputeS= */ known(timing.computeSeconds()),
        /* timeSelectS= */ known(timing.selectSeconds()),
        /* timeOtherS= */ known(timing.otherSeconds()),
        /* energyJPerToken= */ known(timing.energyJoulePerToken()),
        /* retainedEnergyX= */ retained(BlockShape.INPUTS),
        /* retainedEnergyH= */ retained(BlockShape.GLU_UNITS),
        /* assumedShare= */ AssumedShare.of(config.getHardware()),
        /* perplexity= */ dense ? known(denseLoss.orElse(Double.NaN)) : null,
        /* perplexityDense= */ known(denseLoss.orElse(Double.NaN)),
        /* perplexityProtocol= */ denseLoss.isPresent() ? trace.manifest().getProtocol() : null,
        /* traceSha256= */ config.getTraceSha256(),
        /* configSha256= */ digest.sha256(),
        /* seed= */ config.getSeed(),
        /* dipperVersion= */ Version.current(),
        /* flashBytesReadPerToken= */ known(timing.flashBytesReadPerToken()),
        /* layout= */ Layouts.ALL.nameOf(config.getLayout()),
        /* unitOrder= */ UnitOrders.ALL.nameOf(config.getUnitOrder()),
        /* maxGapBytes= */ config.getMaxGap(),
        /* minRequestBytes= */ config.getMinRequest(),
        /* cacheStart= */ CacheStarts.ALL.nameOf(config.getCacheStart()),
        /* speculation= */ Speculations.ALL.nameOf(config.getSpeculation()),
        /* perplexityPredicted= */ null,
        /* perplexityLow= */ null,
        /* perplexityHigh= */ null,
        /* cacheParams= */ ConfigDigest.canonicalJson(
            Caches.choice(config.getCache()).parameters()),
        /* ttftWarmS= */ known(timing.firstToken().warm()),
        /* flashUnmeasuredShare= */ known(timing.reads().unmeasuredShare()),
        /* weightBits= */ ConfigDigest.canonicalJson(config.getBits()),
        /* energyCovers= */ timing.energy().covers(),
        /* cachesDiffer= */ CacheChoice.exists(demand, point.plan(), config) ? "yes" : "no",
        /* capacity= */ Capacities.describe(config),
        /* blockLength= */ config.getBlockLength(),
        /* promptLength= */ config.getPromptLength());
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
