package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Counts accesses where units are guessed: what was fetched ahead is not missed. */
final class GuessCounts implements AccessSink {
  private final Demand demand;
  private final RunCounter missed;
  private final RunCounter guessed;
  private final UnitSet none;
  private final UnitSet there;

  /**
   * @param missed counts the runs of units that are missed and were not guessed
   * @param guessed counts the runs of guessed units
   */
  GuessCounts(Demand demand, RunCounter missed, RunCounter guessed) {
    this.demand = demand;
    this.missed = missed;
    this.guessed = guessed;
    this.none = new UnitSet(missed.units());
    this.there = new UnitSet(missed.units());
  }

  @Override
  public void accept(Access access) {
    long[] present = access.present().words();
    long[] ahead = access.guessed().words();
    for (int w = 0; w < present.length; w++) {
      there.words()[w] = present[w] | ahead[w];
    }
    missed.count(access.wanted(), there);
    UnitCounts.record(demand, access, missed);
    guessed.count(access.guessed(), none);
    int right = access.wanted().intersectionSize(access.guessed());
    record(Count.GUESSED, access, access.guessed().cardinality());
    record(Count.GUESSED_RUNS, access, guessed.runs());
    record(Count.GUESSED_RIGHT, access, right);
  }

  private void record(Count count, Access access, int value) {
    int row = demand.rowOf(access.row());
    if (row >= 0) {
      demand.record(count, access.group(), access.layer(), row, value);
    }
  }
}
