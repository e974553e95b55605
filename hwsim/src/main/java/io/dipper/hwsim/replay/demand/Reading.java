package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.layout.Layout;
import io.dipper.hwsim.replay.layout.UnitRequests;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.WeightBits;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How misses become reads: of units, one run after another, or of pages of a mapped file. Made with
 * the plan of a point; nothing else asks which of them it is.
 */
public sealed interface Reading permits FetchRules, PageRules, ExpertRules {
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

  /** What bounds caches of experts; null where caches hold other units. */
  default @Nullable ExpertBudget experts() {
    return null;
  }

  /** Of sequences of so many tokens, the steps in which they are decoded, mostly one for each. */
  default int[] decoded(int[] lengths) {
    return lengths;
  }

  /**
   * How many of each sequence's first tokens are computed in one dense pass, whatever their masks:
   * they are no part of a demand.
   */
  default int densePrompt() {
    return 0;
  }

  /** How many tokens of a sequence are computed in one step. */
  default int window() {
    return 1;
  }

  /** How many prompts such sequences have that are computed in one step. */
  default int prompts(int[] lengths) {
    return 0;
  }

  /** The tokens of the first of them; 0 where there is none. */
  default int firstPrompt() {
    return 0;
  }

  /** How the missed units of a group are read. */
  default Delivery delivery(UnitGroup group) {
    return Delivery.IN_RUNS;
  }

  /** How many units of a group a token chooses among. */
  default int candidates(UnitGroup group) {
    return group.units();
  }

  /** The bytes of a unit of a group in a layer. */
  default double unitBytes(UnitGroup group, int layer, WeightBits bits) {
    return group.bytesPerUnit(bits);
  }

  /**
   * The bytes of all caches of a group when they are full.
   *
   * @param columns the capacity of a layer's cache
   */
  default double cacheBytes(UnitGroup group, int columns, int layers, WeightBits bits) {
    return Math.min(columns, group.units()) * group.bytesPerUnit(bits) * layers;
  }

  /** The requests that fetch one missed unit of a group in a layer. */
  default List<UnitRequests> requests(Layout layout, UnitGroup group, int layer, WeightBits bits) {
    return layout.requests(group, bits);
  }
}
