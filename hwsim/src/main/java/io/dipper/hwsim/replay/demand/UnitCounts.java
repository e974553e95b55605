package io.dipper.hwsim.replay.demand;

/** Counts accesses where nothing is fetched before a mask is known. */
final class UnitCounts implements AccessSink {
  private final Demand demand;
  private final RunCounter missed;

  /**
   * @param missed counts the runs of missed units
   */
  UnitCounts(Demand demand, RunCounter missed) {
    this.demand = demand;
    this.missed = missed;
  }

  @Override
  public void accept(Access access) {
    missed.count(access.wanted(), access.present());
    record(demand, access, missed);
  }

  /** Enters what is counted of every access. */
  static void record(Demand demand, Access access, RunCounter missed) {
    int group = access.group();
    int layer = access.layer();
    int row = demand.rowOf(access.row());
    if (row < 0) {
      return;
    }
    int selected = access.wanted().cardinality();
    int hits = access.wanted().intersectionSize(access.present());
    demand.record(group, layer, row, selected, hits, missed.runs());
    demand.record(Count.OVERREAD, group, layer, row, missed.overread());
  }
}
