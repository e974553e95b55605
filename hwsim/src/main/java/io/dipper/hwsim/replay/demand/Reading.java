package io.dipper.hwsim.replay.demand;

import java.util.Set;

/**
 * How misses become reads: of units, one run after another, or of pages of a mapped file. Made with
 * the plan of a point; nothing else asks which of them it is.
 */
public sealed interface Reading permits FetchRules, PageRules {
  /** What is counted beside units, hits and runs. */
  Set<Count> extraCounts();

  /** Adds the replay of a point to what is to be done. */
  void enter(ReplayTasks tasks, int index, ReplayPoint point, Demand demand);

  /** The rules for caches of units, which are all that a live run has. */
  FetchRules ofUnits();

  /**
   * What was read for a group.
   *
   * @param unitBytes of a unit, in all matrices that are covered
   */
  ReadTotals totals(Demand demand, int group, double unitBytes);
}
