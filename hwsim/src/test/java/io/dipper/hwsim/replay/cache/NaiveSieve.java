package io.dipper.hwsim.replay.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The hand is a place counted from the tail. */
final class NaiveSieve extends NaiveQueues {
  private final List<Integer> fromTail = new ArrayList<>();
  private final Set<Integer> marked = new TreeSet<>();
  private int hand;

  NaiveSieve(int units, int capacity, boolean bypass, boolean byScore) {
    super(units, capacity, bypass, byScore);
  }

  @Override
  Set<Integer> cached() {
    return union(fromTail);
  }

  @Override
  void hit(int unit) {
    marked.add(unit);
  }

  @Override
  void miss(int unit) {}

  @Override
  int victim() {
    while (true) {
      hand = hand >= fromTail.size() ? 0 : hand;
      int unit = fromTail.get(hand);
      if (!mask.contains(unit) && !marked.remove(unit)) {
        return unit;
      }
      hand++;
    }
  }

  @Override
  void evict(int unit) {
    fromTail.remove(hand);
    hand = hand == fromTail.size() ? 0 : hand;
  }

  @Override
  void insert(int unit) {
    marked.remove(unit);
    fromTail.add(unit);
  }
}
