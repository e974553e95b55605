package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.demand.Delivery;

/**
 * How the missed units of a step come.
 *
 * @param delivery how they are read: one by one, as experts are, so that in a pipeline each is
 *     computed while others are still read; otherwise all are used together
 * @param admitted whether the host takes each into a cache, at a cost by its bytes
 */
public record Arrival(Delivery delivery, boolean admitted) {
  /** Units that are used together, and whose caches cost the host nothing. */
  public static final Arrival TOGETHER = new Arrival(Delivery.IN_RUNS, false);

  /** Whether each is of use as soon as it has come. */
  public boolean oneByOne() {
    return delivery == Delivery.ONE_BY_ONE;
  }

  /** Whether the replay counted the pages that hold them, and the reads of these. */
  public boolean inPages() {
    return delivery == Delivery.IN_PAGES;
  }

  /** Whether the processor waits for each page that it touches. */
  public boolean byFaults() {
    return delivery == Delivery.BY_FAULTS;
  }

  /** Whether they are experts, or lie inside some. */
  public boolean ofExperts() {
    return oneByOne() || inPages();
  }
}
