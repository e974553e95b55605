package io.dipper.verifier.scope;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.HitRates;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.result.LivePerplexity;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.study.result.VerifiedRow.Rates;
import io.dipper.hwsim.study.result.VerifiedRow.Similarity;
import io.dipper.hwsim.study.result.VerifiedRow.Speeds;
import io.dipper.proto.LiveRun;
import io.dipper.verifier.live.Estimate;
import io.dipper.verifier.live.Estimate.Block;
import io.dipper.verifier.live.LiveRuns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns live runs into rows.
 *
 * @param protocol of the perplexities
 * @param wholeTrace whether the tokens are exactly those of the sweep's trace, so that the replayed
 *     throughput is the point's own; else it is computed from a replay of the same tokens
 */
public record VerifiedPoints(String protocol, boolean wholeTrace) {

  public VerifiedPoint of(
      PointRow point, PlannedPoint planned, ReplayPoint replayPoint, LiveRun run) {
    Demand live = LiveRuns.liveDemand(run, replayPoint);
    Demand replay = LiveRuns.replayDemand(run, replayPoint);
    HitRates liveRates = HitRates.of(live);
    HitRates replayRates = HitRates.of(replay);
    List<Block> blocks = LiveRuns.live(run);
    List<Block> dense = LiveRuns.dense(run);
    Estimate perplexity = Estimate.perplexity(blocks);
    Double replayed =
        wholeTrace
            ? Double.valueOf(point.time().tokensPerSecond())
            : tokensPerSecond(planned, replay);
    VerifiedRow row =
        new VerifiedRow(
            VerifiedRow.Name.of(point),
            new LivePerplexity(
                perplexity.value(),
                Estimate.perplexity(dense).value(),
                protocol,
                blocks.stream().mapToLong(Block::scored).sum()),
            new Rates(
                orNull(liveRates.in(BlockShape.INPUTS)),
                orNull(liveRates.in(BlockShape.GLU_UNITS)),
                orNull(replayRates.in(BlockShape.INPUTS)),
                orNull(replayRates.in(BlockShape.GLU_UNITS))),
            new Similarity(
                jaccard(run, replayPoint, BlockShape.INPUTS),
                jaccard(run, replayPoint, BlockShape.GLU_UNITS)),
            new Speeds(tokensPerSecond(planned, live), replayed),
            experts(live, replay, jaccard(run, replayPoint, Experts.ID)));
    return new VerifiedPoint(
        point.verifiedBy(row),
        row,
        perplexity,
        Estimate.difference(blocks, dense),
        Estimate.increase(blocks, dense));
  }

  private static VerifiedRow.Experts experts(Demand live, Demand replay, @Nullable Double jaccard) {
    if (!live.groups().get(0).space().id().equals(Experts.ID)) {
      return VerifiedRow.Experts.NONE;
    }
    return new VerifiedRow.Experts(
        live.total(Count.SELECTED, 0),
        live.total(Count.HITS, 0),
        live.total(Count.SELECTED, 0) - live.total(Count.HITS, 0),
        replay.total(Count.SELECTED, 0),
        replay.total(Count.HITS, 0),
        replay.total(Count.SELECTED, 0) - replay.total(Count.HITS, 0),
        jaccard);
  }

  private static @Nullable Double tokensPerSecond(PlannedPoint point, Demand demand) {
    return orNull(point.time(demand).tokensPerSecond());
  }

  private static @Nullable Double jaccard(LiveRun run, ReplayPoint point, String space) {
    List<UnitGroup> groups = point.policy().groups();
    for (int g = 0; g < groups.size(); g++) {
      if (groups.get(g).space().id().equals(space)) {
        return orNull(run.getGroups(g).getJaccard());
      }
    }
    return null;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
