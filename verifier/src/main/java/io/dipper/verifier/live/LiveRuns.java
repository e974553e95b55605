package io.dipper.verifier.live;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.LiveBlock;
import io.dipper.proto.LiveCount;
import io.dipper.proto.LiveGroup;
import io.dipper.proto.LiveRun;
import io.dipper.tracegen.corpus.Perplexity;
import io.dipper.verifier.live.Estimate.Block;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Live runs as messages, and back. */
public final class LiveRuns {
  /** What every run has, in fields of its own. */
  private static final Set<Count> ALWAYS =
      EnumSet.of(Count.SELECTED, Count.HITS, Count.MISSED_RUNS);

  private LiveRuns() {}

  /** What was scored of each window. */
  public static List<Block> blocks(Perplexity run) {
    return IntStream.range(0, run.blocks())
        .mapToObj(b -> new Block(run.blockSum(b), run.blockScored(b)))
        .toList();
  }

  /** The blocks of a run beside the same blocks of the dense run. */
  public static List<LiveBlock> blocks(LiveCorpus corpus, List<Block> run, List<Block> dense) {
    return IntStream.range(0, run.size())
        .mapToObj(
            b ->
                LiveBlock.newBuilder()
                    .setTokens(corpus.windows().get(b).tokens().length)
                    .setScored(run.get(b).scored())
                    .setNll(run.get(b).nll())
                    .setDenseNll(dense.get(b).nll())
                    .build())
        .toList();
  }

  /** The counts of one group, live and replayed. */
  public static LiveGroup group(Demand live, Demand replay, int group, double jaccard) {
    LiveGroup.Builder message = LiveGroup.newBuilder().setJaccard(jaccard);
    for (int layer = 0; layer < live.layers(); layer++) {
      for (int row = 0; row < live.tokens(); row++) {
        message
            .addSelected(live.selected(group, layer, row))
            .addHits(live.hits(group, layer, row))
            .addMissedRuns(live.missedRuns(group, layer, row))
            .addReplaySelected(replay.selected(group, layer, row))
            .addReplayHits(replay.hits(group, layer, row))
            .addReplayMissedRuns(replay.missedRuns(group, layer, row));
      }
    }
    for (Count count : live.counted()) {
      if (!ALWAYS.contains(count)) {
        message.addCounts(count(count, live, replay, group));
      }
    }
    return message.build();
  }

  private static LiveCount count(Count count, Demand live, Demand replay, int group) {
    LiveCount.Builder message = LiveCount.newBuilder().setName(count.name());
    for (int layer = 0; layer < live.layers(); layer++) {
      for (int row = 0; row < live.tokens(); row++) {
        message
            .addLive(live.count(count, group, layer, row))
            .addReplay(replay.count(count, group, layer, row));
      }
    }
    return message.build();
  }

  public static List<Block> live(LiveRun run) {
    return run.getBlocksList().stream().map(b -> new Block(b.getNll(), b.getScored())).toList();
  }

  public static List<Block> dense(LiveRun run) {
    return run.getBlocksList().stream()
        .map(b -> new Block(b.getDenseNll(), b.getScored()))
        .toList();
  }

  /** What the live run asked of its cache. */
  public static Demand liveDemand(LiveRun run, ReplayPoint point) {
    return demand(
        run,
        point,
        LiveGroup::getSelectedList,
        LiveGroup::getHitsList,
        LiveGroup::getMissedRunsList,
        LiveCount::getLiveList);
  }

  /** What the replay asked of it on the same tokens. */
  public static Demand replayDemand(LiveRun run, ReplayPoint point) {
    return demand(
        run,
        point,
        LiveGroup::getReplaySelectedList,
        LiveGroup::getReplayHitsList,
        LiveGroup::getReplayMissedRunsList,
        LiveCount::getReplayList);
  }

  private interface Counts {
    List<Integer> of(LiveGroup group);
  }

  private static Demand demand(
      LiveRun run,
      ReplayPoint point,
      Counts selected,
      Counts hits,
      Counts missedRuns,
      Function<LiveCount, List<Integer>> others) {
    List<UnitGroup> groups = point.policy().groups();
    int[] lengths = run.getBlocksList().stream().mapToInt(LiveBlock::getTokens).toArray();
    int tokens = IntStream.of(point.fetch().decoded(lengths)).sum();
    int layers = run.getGroups(0).getSelectedCount() / tokens;
    Demand demand = new Demand(groups, layers, lengths, point.fetch());
    for (int g = 0; g < groups.size(); g++) {
      List<Integer> selectedOf = selected.of(run.getGroups(g));
      List<Integer> hitsOf = hits.of(run.getGroups(g));
      List<Integer> runsOf = missedRuns.of(run.getGroups(g));
      for (int i = 0; i < layers * tokens; i++) {
        demand.record(g, i / tokens, i % tokens, selectedOf.get(i), hitsOf.get(i), runsOf.get(i));
      }
      for (LiveCount count : run.getGroups(g).getCountsList()) {
        List<Integer> values = others.apply(count);
        for (int i = 0; i < layers * tokens; i++) {
          demand.record(Count.valueOf(count.getName()), g, i / tokens, i % tokens, values.get(i));
        }
      }
    }
    return demand;
  }
}
