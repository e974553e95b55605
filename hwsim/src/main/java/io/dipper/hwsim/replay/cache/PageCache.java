package io.dipper.hwsim.replay.cache;

import java.util.Arrays;

/**
 * The pages of a mapped file that an operating system keeps, in two lists as Linux does
 * (mm/vmscan.c): a page enters at the head of the inactive list; its first use marks it, its second
 * promotes it to the head of the active list. Pages leave from the inactive list's tail; before one
 * does, the active list's tail is moved back to the inactive head, unmarked, while the active list
 * is more than {@code floor(sqrt(10 GiB))} times (at least once) as long as the inactive one, GiB
 * being the size of the cache. Linux's detection of refaults is left out.
 *
 * <p>Doubly linked lists in arrays; nothing is allocated after construction. Not safe for use by
 * many threads.
 */
public final class PageCache {
  private static final byte ABSENT = 0;
  private static final byte INACTIVE = 1;
  private static final byte MARKED = 2;
  private static final byte ACTIVE = 3;

  private final int capacity;
  private final long activePerInactive;
  private final int inactive;
  private final int active;
  private final int[] next;
  private final int[] previous;
  private final byte[] states;
  private int inactivePages;
  private int activePages;

  /**
   * @param pages of the file
   * @param capacity how many are kept; may exceed them
   * @param pageBytes the size of each
   */
  public PageCache(int pages, int capacity, double pageBytes) {
    this.capacity = capacity;
    this.activePerInactive = activePerInactive(capacity * pageBytes);
    this.inactive = pages;
    this.active = pages + 1;
    this.next = new int[pages + 2];
    this.previous = new int[pages + 2];
    this.states = new byte[pages];
    clear();
  }

  /** How many times as long as the inactive list the active one may be. */
  static long activePerInactive(double cacheBytes) {
    double gib = Math.floor(cacheBytes / (1 << 30));
    return Math.max(1, (long) Math.sqrt(10 * gib));
  }

  /** Forgets every page. */
  public void clear() {
    Arrays.fill(states, ABSENT);
    next[inactive] = inactive;
    previous[inactive] = inactive;
    next[active] = active;
    previous[active] = active;
    inactivePages = 0;
    activePages = 0;
  }

  public boolean contains(int page) {
    return states[page] != ABSENT;
  }

  /** The number of pages kept. */
  public int size() {
    return inactivePages + activePages;
  }

  /** Uses a page if it is present; returns whether it is. */
  public boolean use(int page) {
    byte state = states[page];
    if (state == INACTIVE) {
      states[page] = MARKED;
    } else if (state == MARKED) {
      unlink(page);
      inactivePages--;
      link(page, active);
      activePages++;
      states[page] = ACTIVE;
    }
    return state != ABSENT;
  }

  /** Takes in an absent page that was read, in the place of another if need be. */
  public void add(int page) {
    if (states[page] != ABSENT) {
      throw new IllegalStateException("page " + page + " is there already");
    }
    if (capacity == 0) {
      return;
    }
    if (size() == capacity) {
      reclaim();
    }
    link(page, inactive);
    inactivePages++;
    states[page] = INACTIVE;
  }

  private void reclaim() {
    while (activePages > activePerInactive * inactivePages) {
      int tail = previous[active];
      unlink(tail);
      activePages--;
      link(tail, inactive);
      inactivePages++;
      states[tail] = INACTIVE;
    }
    int tail = previous[inactive];
    unlink(tail);
    inactivePages--;
    states[tail] = ABSENT;
  }

  private void link(int page, int head) {
    int first = next[head];
    next[page] = first;
    previous[page] = head;
    previous[first] = page;
    next[head] = page;
  }

  private void unlink(int page) {
    next[previous[page]] = next[page];
    previous[next[page]] = previous[page];
  }
}
