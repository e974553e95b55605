package io.dipper.hwsim.replay.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The paper's cases I to IV. */
final class NaiveArc extends NaiveQueues {
  private final List<Integer> t1 = new ArrayList<>();
  private final List<Integer> t2 = new ArrayList<>();
  private final List<Integer> b1 = new ArrayList<>();
  private final List<Integer> b2 = new ArrayList<>();
  private double p;
  private boolean inB1;
  private boolean inB2;

  NaiveArc(int units, int capacity, boolean bypass, boolean byScore) {
    super(units, capacity, bypass, byScore);
  }

  @Override
  Set<Integer> cached() {
    return union(t1, t2);
  }

  @Override
  void hit(int unit) {
    t1.remove((Integer) unit);
    toFront(t2, unit);
  }

  @Override
  void miss(int unit) {
    inB1 = b1.contains(unit);
    inB2 = b2.contains(unit);
    if (inB1) {
      p = Math.min(capacity, p + Math.max(1, (double) b2.size() / b1.size()));
    } else if (inB2) {
      p = Math.max(0, p - Math.max(1, (double) b1.size() / b2.size()));
    }
    b1.remove((Integer) unit);
    b2.remove((Integer) unit);
  }

  @Override
  int victim() {
    boolean first =
        t1.size() > p || (inB2 && t1.size() == p) || (!inB1 && !inB2 && t1.size() == capacity);
    List<Integer> preferred = first ? t1 : t2;
    return oldest(preferred) != NONE ? oldest(preferred) : oldest(first ? t2 : t1);
  }

  @Override
  void evict(int unit) {
    boolean isNew = !inB1 && !inB2;
    boolean wasInT1 = t1.contains(unit);
    if (isNew && t1.size() + b1.size() >= capacity) {
      if (b1.isEmpty() && wasInT1) {
        t1.remove((Integer) unit);
        return;
      }
      trim(b1, Math.max(0, b1.size() - 1));
    } else if (isNew && t1.size() + t2.size() + b1.size() + b2.size() >= 2 * capacity) {
      trim(b2, Math.max(0, b2.size() - 1));
    }
    t1.remove((Integer) unit);
    t2.remove((Integer) unit);
    (wasInT1 ? b1 : b2).add(0, unit);
  }

  @Override
  void insert(int unit) {
    (inB1 || inB2 ? t2 : t1).add(0, unit);
  }
}
