package io.dipper.hwsim.replay.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One counter of one bit. */
final class NaiveClock extends NaiveQueues {
  private final List<Integer> queue = new ArrayList<>();
  private final Set<Integer> accessed = new TreeSet<>();

  NaiveClock(int units, int capacity, boolean bypass, boolean byScore) {
    super(units, capacity, bypass, byScore);
  }

  @Override
  Set<Integer> cached() {
    return union(queue);
  }

  @Override
  void hit(int unit) {
    accessed.add(unit);
  }

  @Override
  void miss(int unit) {}

  @Override
  int victim() {
    int unit = oldest(queue);
    while (accessed.remove(unit)) {
      toFront(queue, unit);
      unit = oldest(queue);
    }
    return unit;
  }

  @Override
  void evict(int unit) {
    queue.remove((Integer) unit);
  }

  @Override
  void insert(int unit) {
    accessed.remove(unit);
    queue.add(0, unit);
  }
}
