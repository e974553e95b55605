package io.dipper.hwsim.execute.file;

import io.dipper.hwsim.execute.read.Stretch;
import io.dipper.hwsim.replay.demand.Access;
import io.dipper.hwsim.replay.demand.AccessListener;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.FetchRules;
import io.dipper.hwsim.replay.demand.ReplayPoint;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.hwsim.time.engine.StepReads;
import io.dipper.hwsim.time.schedule.Schedule;
import io.dipper.hwsim.time.schedule.Step;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the runs that a replay misses, each run from the page that it begins in to the page
 * that it ends in. A simulation takes the runs of a step to be as long as their mean and to begin
 * with a page; this is what they are.
 */
public final class MissedRuns implements AccessListener {
  private final int layers;
  private final int groups;
  private final List<UnitRuns> runs = new ArrayList<>();
  private final List<UnitSet> missed = new ArrayList<>();
  private final int page;
  private final long[] bytes;

  /**
   * Hears of a replay.
   *
   * @param work of a point that can be executed; its demand may be empty
   * @param point what is replayed
   */
  public MissedRuns(Workload work, ReplayPoint point) {
    PointConfig config = work.config();
    FetchRules fetch = point.fetch().ofUnits();
    WeightNeeds needs = WeightNeeds.of(work, Schedule.decode(work));
    this.layers = config.getModel().getLayers();
    this.groups = needs.stores().size();
    this.page = needs.page();
    for (int layer = 0; layer < layers; layer++) {
      for (int group = 0; group < groups; group++) {
        GroupStore store = needs.stores().get(group);
        int[] places = fetch.places().of(layer, store.group());
        int gap = fetch.gapUnits().get(group);
        // Regions begin with a page, so that any place that does so will do.
        runs.add(new UnitRuns(store, 0, needs.page(), places, gap));
        missed.add(new UnitSet(store.units()));
      }
    }
    this.bytes = new long[Math.multiplyExact(work.demand().tokens(), layers * groups)];
  }

  @Override
  public void onAccess(int point, Access access) {
    int column = access.layer() * groups + access.group();
    UnitSet lacking = missed.get(column);
    lacking.copyFrom(access.wanted());
    long[] words = lacking.words();
    long[] present = access.present().words();
    for (int w = 0; w < words.length; w++) {
      words[w] &= ~present[w];
    }
    long sum = 0;
    for (Stretch run : runs.get(column).of(lacking)) {
      sum += run.size();
    }
    bytes[access.row() * layers * groups + column] = sum;
  }

  /**
   * All bytes that a point reads: of runs those that were heard of, of experts the pages that the
   * replay counts, of streams and of matrices that are read whole the simulated ones.
   *
   * @param work with the demand of the replay
   */
  public long allBytes(Workload work) {
    Schedule schedule = Schedule.decode(work);
    StepReads reads = new StepReads(work.device(), schedule);
    Step[] steps = schedule.plan().steps();
    double streamed = 0;
    long inRuns = 0;
    long inPages = 0;
    for (int row = 0; row < work.demand().tokens(); row++) {
      for (int step = 0; step < steps.length; step++) {
        if (!reads.load(row, step)) {
          continue;
        }
        if (steps[step].units().arrival().oneByOne()) {
          int layer = schedule.plan().layer(step);
          inPages += work.demand().count(Count.PAGES_READ, steps[step].units().group(), layer, row);
        } else if (steps[step].isMasked() && !reads.isWhole()) {
          int layer = schedule.plan().layer(step);
          inRuns += bytes[(row * layers + layer) * groups + steps[step].units().group()];
        } else {
          streamed += reads.bytes();
        }
      }
    }
    return inRuns + inPages * page + Math.round(streamed);
  }
}
