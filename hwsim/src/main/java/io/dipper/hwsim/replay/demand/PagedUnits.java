package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.PageCache;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * Units read through one page cache for all layers: a mask's units are touched in order, stretch by
 * stretch, a page once however many of them it holds. A unit is a hit if every page of it was there
 * before the step; what a fault brings in beside the page that it is for serves later units of the
 * step, but they came from Flash all the same. Not safe for use by many threads.
 *
 * <p>With asynchronous reads a fault, and the first use of a window that was read ahead, begin to
 * read what is absent of the window after it in the same stretch.
 */
final class PagedUnits {
  private final PageRules rules;
  private final PageCache cache;
  private final int[] firstPages;
  private final int[] pagesOfGroup;
  private final int[] arrivals;
  private final UnitSet[] missed;
  private final UnitSet[] present;
  private final int groups;
  private int step;
  private final boolean[] readAhead;
  private int faults;
  private int aheadReads;
  private int hits;
  private int pagesRead;

  /**
   * @param units the number N of units of each group
   */
  PagedUnits(PageRules rules, int layers, int[] units) {
    this.rules = rules;
    this.groups = units.length;
    this.firstPages = new int[layers * groups];
    this.pagesOfGroup = new int[groups];
    this.missed = new UnitSet[groups];
    this.present = new UnitSet[groups];
    for (int g = 0; g < groups; g++) {
      pagesOfGroup[g] = rules.pages(g, units[g]);
      missed[g] = new UnitSet(units[g]);
      present[g] = new UnitSet(units[g]);
    }
    int pages = 0;
    for (int i = 0; i < firstPages.length; i++) {
      firstPages[i] = pages;
      int g = i % groups;
      pages = Math.addExact(pages, rules.groups().get(g).number() * pagesOfGroup[g]);
    }
    this.arrivals = new int[pages];
    this.readAhead = new boolean[rules.asynchronous() ? pages : 0];
    this.cache = new PageCache(pages, rules.capacityPages(), rules.pageBytes());
  }

  /** Empties the cache. */
  void reset() {
    cache.clear();
    Arrays.fill(arrivals, 0);
    Arrays.fill(readAhead, false);
    step = 0;
  }

  /** Reads a mask's units. */
  void play(int layer, int group, UnitSet mask) {
    step++;
    faults = 0;
    aheadReads = 0;
    hits = 0;
    pagesRead = 0;
    missed[group].clear();
    int first = firstPages[layer * groups + group];
    for (int s = 0; s < rules.groups().get(group).number(); s++) {
      readStretch(first, group, mask);
      first += pagesOfGroup[group];
    }
    present[group].copyFrom(mask, missed[group]);
  }

  /** Reads all units of every layer and group, as a dense prompt does. */
  void playAll() {
    for (int place = 0; place < firstPages.length; place++) {
      UnitSet all = new UnitSet(missed[place % groups].size());
      all.fill();
      play(place / groups, place % groups, all);
    }
  }

  private void readStretch(int first, int group, UnitSet mask) {
    double pagesPerUnit = rules.groups().get(group).unitBytes() / rules.pageBytes();
    UnitSet absent = missed[group];
    int last = -1;
    boolean lastAbsent = false;
    for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
      int from = (int) (unit * pagesPerUnit);
      int to = Math.max(from, (int) Math.ceil((unit + 1) * pagesPerUnit) - 1);
      to = Math.min(to, pagesOfGroup[group] - 1);
      boolean anyAbsent = from == last && lastAbsent;
      for (int page = from == last ? from + 1 : from; page <= to; page++) {
        lastAbsent = touch(first, page, group);
        anyAbsent |= lastAbsent;
      }
      last = to;
      if (anyAbsent) {
        absent.add(unit);
      }
    }
  }

  /** Uses a page, read if need be; returns whether it came from Flash in this step. */
  private boolean touch(int first, int page, int group) {
    int from = page - page % rules.windowPages();
    boolean present = cache.use(first + page);
    if (present) {
      hits++;
    } else {
      faults++;
      readWindow(first, from, group);
      cache.use(first + page);
    }
    if (rules.asynchronous() && (!present || readAhead[first + from])) {
      readAhead[first + from] = false;
      readAhead(first, from + rules.windowPages(), group);
    }
    return !present || arrivals[first + page] == step;
  }

  /** Begins to read a window before it is used, if there is one and anything of it is absent. */
  private void readAhead(int first, int from, int group) {
    if (from < pagesOfGroup[group] && readWindow(first, from, group)) {
      aheadReads++;
      readAhead[first + from] = true;
    }
  }

  /** Reads what is absent of a window; returns whether anything is. */
  private boolean readWindow(int first, int from, int group) {
    int before = pagesRead;
    int to = Math.min(from + rules.windowPages(), pagesOfGroup[group]);
    for (int p = from; p < to; p++) {
      if (!cache.contains(first + p)) {
        cache.add(first + p);
        arrivals[first + p] = step;
        pagesRead++;
      }
    }
    return pagesRead > before;
  }

  /** Enters the last step's faults into a demand. */
  void record(Demand demand, int group, int layer, int row) {
    demand.record(Count.FAULTS, group, layer, row, faults);
    demand.record(Count.AHEAD_READS, group, layer, row, aheadReads);
    demand.record(Count.PAGE_HITS, group, layer, row, hits);
    demand.record(Count.PAGES_READ, group, layer, row, pagesRead);
  }

  /** The units of the last step whose pages were all there before it. */
  UnitSet present(int group) {
    return present[group];
  }

  int faults() {
    return faults;
  }

  int aheadReads() {
    return aheadReads;
  }

  int hits() {
    return hits;
  }

  int pagesRead() {
    return pagesRead;
  }

  UnitSet missed(int group) {
    return missed[group];
  }

  int pagesKept() {
    return cache.size();
  }
}
