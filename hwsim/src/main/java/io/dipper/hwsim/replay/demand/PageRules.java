package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.unit.UnitGroup;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Faults read pages: a page cache, and how the masked matrices lie in the mapped file: layer by
 * layer, group by group, one stretch after another, each from the beginning of a page.
 *
 * @param pageBytes the size of a page
 * @param windowPages a fault reads what is absent of the aligned window of so many pages
 * @param capacityPages how many pages are kept
 * @param groups where the units of each group lie
 * @param asynchronous whether the window after the one that is used is read too
 * @param countsHits whether uses of pages that are there are counted
 */
public record PageRules(
    int pageBytes,
    int windowPages,
    int capacityPages,
    List<Stretches> groups,
    boolean asynchronous,
    boolean countsHits)
    implements Reading {
  /**
   * The stretches of a group in a layer.
   *
   * @param number of stretches that each hold a part of every unit
   * @param unitBytes the bytes of that part
   */
  public record Stretches(int number, double unitBytes) {}

  public PageRules {
    groups = List.copyOf(groups);
  }

  /** Rules of synchronous reads, and of hits that cost nothing. */
  public PageRules(int pageBytes, int windowPages, int capacityPages, List<Stretches> groups) {
    this(pageBytes, windowPages, capacityPages, groups, false, false);
  }

  /** The pages of one stretch. */
  public int pages(int group, int units) {
    return (int) Math.ceil(units * groups.get(group).unitBytes() / pageBytes);
  }

  @Override
  public Set<Count> extraCounts() {
    Set<Count> extra = EnumSet.of(Count.FAULTS, Count.PAGES_READ);
    if (asynchronous) {
      extra.add(Count.AHEAD_READS);
    }
    if (countsHits) {
      extra.add(Count.PAGE_HITS);
    }
    return extra;
  }

  @Override
  public void enter(ReplayTasks tasks, int index, ReplayPoint point, Demand demand) {
    tasks.add(new PagedReplay(tasks, index, point, this, demand));
  }

  /** Those without a page cache. */
  @Override
  public FetchRules ofUnits() {
    return FetchRules.plain(groups.size());
  }

  @Override
  public Delivery delivery(UnitGroup group) {
    return Delivery.BY_FAULTS;
  }

  @Override
  public ReadTotals totals(Demand demand, int group, double unitBytes) {
    long pages = demand.total(Count.PAGES_READ, group);
    return new ReadTotals(null, pages, (double) pages * pageBytes);
  }
}
