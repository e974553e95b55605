package io.dipper.hwsim.replay.demand;

/** Counts accesses of units that lie in rows, block by block. */
final class BlockCounts implements AccessSink {
  private final Demand demand;
  private final AccessSink counts;
  private final BlockCounter blocks;

  /**
   * @param counts what is counted of units, whatever they lie in
   */
  BlockCounts(Demand demand, AccessSink counts, BlockCounter blocks) {
    this.demand = demand;
    this.counts = counts;
    this.blocks = blocks;
  }

  @Override
  public void accept(Access access) {
    counts.accept(access);
    int row = demand.rowOf(access.row());
    if (row >= 0) {
      blocks.count(access.wanted(), access.present());
      demand.record(Count.BLOCK_UNITS, access.group(), access.layer(), row, blocks.units());
      demand.record(Count.BLOCK_RUNS, access.group(), access.layer(), row, blocks.runs());
    }
  }
}
