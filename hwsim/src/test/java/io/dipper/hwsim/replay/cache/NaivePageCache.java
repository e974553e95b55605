package io.dipper.hwsim.replay.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The two lists as two queues, newest first, and a set of marks. */
final class NaivePageCache {
  private final int capacity;
  private final int ratio;
  private final Deque<Integer> inactive = new ArrayDeque<>();
  private final Deque<Integer> active = new ArrayDeque<>();
  private final Set<Integer> marked = new HashSet<>();

  NaivePageCache(int capacity, int ratio) {
    this.capacity = capacity;
    this.ratio = ratio;
  }

  boolean contains(int page) {
    return inactive.contains(page) || active.contains(page);
  }

  int size() {
    return inactive.size() + active.size();
  }

  boolean use(int page) {
    if (inactive.contains(page) && !marked.add(page)) {
      inactive.remove(page);
      marked.remove(page);
      active.addFirst(page);
    }
    return contains(page);
  }

  void add(int page) {
    if (capacity == 0) {
      return;
    }
    if (size() == capacity) {
      while (active.size() > ratio * inactive.size()) {
        inactive.addFirst(active.removeLast());
      }
      marked.remove(inactive.removeLast());
    }
    inactive.addFirst(page);
  }
}
