package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/**
 * The units of a layer and group that are fetched before its mask is known: those that are likely
 * to be selected and that the cache lacks. They wait beside the cache, which does not change; wrong
 * ones are thrown away after the step.
 */
final class Guess {
  private final UnitSet guessed;
  private final UnitSet none;
  private final UnitSet present;
  private final RunCounter reads;
  private int units;
  private int right;

  /**
   * @param units the number N of units
   * @param reads counts the runs that are fetched
   */
  Guess(int units, RunCounter reads) {
    this.guessed = new UnitSet(units);
    this.none = new UnitSet(units);
    this.present = new UnitSet(units);
    this.reads = reads;
  }

  /** Guesses that a mask like this one is going to be selected. */
  void make(UnitSet likely, UnitSet cached) {
    for (int w = 0; w < guessed.words().length; w++) {
      guessed.words()[w] = likely.words()[w] & ~cached.words()[w];
    }
    units = guessed.cardinality();
    reads.count(guessed, none);
  }

  /** The mask is known; returns what is cached or was fetched ahead. */
  UnitSet judge(UnitSet mask, UnitSet cached) {
    right = mask.intersectionSize(guessed);
    for (int w = 0; w < present.words().length; w++) {
      present.words()[w] = cached.words()[w] | guessed.words()[w];
    }
    return present;
  }

  /** Enters what was guessed, and how much of it was right, into a demand. */
  void record(Demand demand, int group, int layer, int row) {
    demand.record(Count.GUESSED, group, layer, row, units);
    demand.record(Count.GUESSED_RUNS, group, layer, row, reads.runs());
    demand.record(Count.GUESSED_RIGHT, group, layer, row, right);
  }
}
