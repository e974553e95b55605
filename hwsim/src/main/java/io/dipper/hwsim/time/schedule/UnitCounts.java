package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.PageCache;

/** What a pass asks of the units of each group and layer. */
public interface UnitCounts {
  /** A count of a row; 0 where it was not counted. */
  int count(Count count, int group, int layer, int row);

  default int selected(int group, int layer, int row) {
    return count(Count.SELECTED, group, layer, row);
  }

  default int hits(int group, int layer, int row) {
    return count(Count.HITS, group, layer, row);
  }

  default int missedRuns(int group, int layer, int row) {
    return count(Count.MISSED_RUNS, group, layer, row);
  }

  /** The tokens of a row, where a schedule's passes have each their own. */
  default int tokens(int row) {
    return 1;
  }

  /** Of the tokens of a row, the share that computes a unit of those that they select together. */
  default double computing(int group, int layer, int row) {
    return 1;
  }

  /** The counts of a replay. */
  static UnitCounts of(Demand demand) {
    return demand.reading().window() == 1 ? demand::count : new WindowCounts(demand);
  }

  /**
   * All units selected: a dense pass.
   *
   * @param cachedOfGroup how many of them are cached
   */
  static UnitCounts dense(int[] unitsOfGroup, int[] cachedOfGroup) {
    return (count, group, layer, row) ->
        switch (count) {
          case SELECTED -> unitsOfGroup[group];
          case HITS -> cachedOfGroup[group];
          case MISSED_RUNS -> cachedOfGroup[group] < unitsOfGroup[group] ? 1 : 0;
          default -> 0;
        };
  }

  /** These counts, with every page of the groups' matrices there and used once. */
  default UnitCounts held(PageCache cache, double[] bytesOfGroup) {
    double page = ModelBytes.pageBytes(cache);
    return (count, group, layer, row) ->
        count == Count.PAGE_HITS
            ? (int) Math.ceil(bytesOfGroup[group] / page)
            : count(count, group, layer, row);
  }

  /** These counts, with every page of the groups' matrices absent and read window by window. */
  default UnitCounts through(PageCache cache, double[] bytesOfGroup) {
    double page = ModelBytes.pageBytes(cache);
    double window = Math.max(page, Math.floor(cache.getReadAhead().getValue() / page) * page);
    boolean ahead = cache.getAsynchronous();
    return (count, group, layer, row) ->
        switch (count) {
          case FAULTS -> ahead ? 1 : (int) Math.ceil(bytesOfGroup[group] / window);
          case AHEAD_READS -> ahead ? (int) Math.ceil(bytesOfGroup[group] / window) - 1 : 0;
          case PAGE_HITS ->
              (int) Math.ceil(bytesOfGroup[group] / page)
                  - (ahead ? 1 : (int) Math.ceil(bytesOfGroup[group] / window));
          case PAGES_READ -> (int) Math.ceil(bytesOfGroup[group] / page);
          default -> count(count, group, layer, row);
        };
  }
}
