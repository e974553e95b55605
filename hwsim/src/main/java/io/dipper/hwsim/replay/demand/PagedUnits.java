package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.cache.PageCache;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/**
 * Units read through one page cache for all layers: a mask's units are touched in order, stretch by
 * stretch, a page once however many of them it holds. A unit is a hit if every page of it was there
 * before the step; what a fault brings in beside the page that it is for serves later units of the
 * step, but they came from Flash all the same. Not safe for use by many threads.
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
  private int faults;
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
    this.cache = new PageCache(pages, rules.capacityPages(), rules.pageBytes());
  }

  /** Empties the cache. */
  void reset() {
    cache.clear();
    Arrays.fill(arrivals, 0);
    step = 0;
  }

  /** Reads a mask's units. */
  void play(int layer, int group, UnitSet mask) {
    step++;
    faults = 0;
    pagesRead = 0;
    missed[group].clear();
    int first = firstPages[layer * groups + group];
    for (int s = 0; s < rules.groups().get(group).number(); s++) {
      readStretch(first, group, mask);
      first += pagesOfGroup[group];
    }
    long[] words = present[group].words();
    for (int w = 0; w < words.length; w++) {
      words[w] = mask.words()[w] & ~missed[group].words()[w];
    }
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
    if (cache.use(first + page)) {
      return arrivals[first + page] == step;
    }
    faults++;
    int window = rules.windowPages();
    int from = page - page % window;
    int to = Math.min(from + window, pagesOfGroup[group]);
    for (int p = from; p < to; p++) {
      if (!cache.contains(first + p)) {
        cache.add(first + p);
        arrivals[first + p] = step;
        pagesRead++;
      }
    }
    cache.use(first + page);
    return true;
  }

  /** Enters the last step's faults into a demand. */
  void record(Demand demand, int group, int layer, int row) {
    demand.record(Count.FAULTS, group, layer, row, faults);
    demand.record(Count.PAGES_READ, group, layer, row, pagesRead);
  }

  /** The units of the last step whose pages were all there before it. */
  UnitSet present(int group) {
    return present[group];
  }

  int faults() {
    return faults;
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
