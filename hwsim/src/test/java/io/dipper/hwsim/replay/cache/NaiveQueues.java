package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.select.NaiveTopK;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Policies of lists as their papers tell them, on lists that are searched and copied; the newest
 * unit of a list is its first. With the batch rule of one token, told in sets.
 */
abstract class NaiveQueues {
  static final int NONE = -1;

  final int capacity;
  final boolean bypass;
  final boolean byScore;
  final int[] uses;
  Set<Integer> mask = new TreeSet<>();

  NaiveQueues(int units, int capacity, boolean bypass, boolean byScore) {
    this.capacity = capacity;
    this.bypass = bypass;
    this.byScore = byScore;
    this.uses = new int[units];
  }

  static NaiveQueues of(String name, int units, int capacity, boolean bypass, boolean byScore) {
    return switch (name) {
      case "clock" -> new NaiveClock(units, capacity, bypass, byScore);
      case "sieve" -> new NaiveSieve(units, capacity, bypass, byScore);
      case "slru" -> new NaiveSegments(units, capacity, bypass, byScore);
      case "two-queue" -> new NaiveTwoQueue(units, capacity, bypass, byScore);
      case "arc" -> new NaiveArc(units, capacity, bypass, byScore);
      case "s3-fifo" -> new NaiveS3Fifo(units, capacity, bypass, byScore);
      default -> throw new IllegalArgumentException(name);
    };
  }

  abstract Set<Integer> cached();

  abstract void hit(int unit);

  abstract void miss(int unit);

  /** The unit that goes; of those that the token did not select. */
  abstract int victim();

  abstract void evict(int unit);

  abstract void insert(int unit);

  void update(Set<Integer> selected, float[] scores) {
    mask = selected;
    mask.forEach(unit -> uses[unit]++);
    Set<Integer> hits = new TreeSet<>(mask);
    hits.retainAll(cached());
    hits.forEach(this::hit);
    Set<Integer> misses = new TreeSet<>(mask);
    misses.removeAll(hits);
    int room = capacity - hits.size();
    if (!bypass && misses.size() > room) {
      float[] order = byScore ? NaiveTopK.magnitudes(scores) : new float[scores.length];
      Set<Integer> kept = new TreeSet<>();
      Set<Integer> all = misses;
      for (int unit : NaiveTopK.order(order, all::contains, room)) {
        kept.add(unit);
      }
      misses = kept;
    }
    misses.forEach(this::access);
  }

  private void access(int unit) {
    miss(unit);
    if (cached().size() == capacity) {
      Set<Integer> mayGo = cached();
      mayGo.removeAll(mask);
      if (mayGo.isEmpty()) {
        return;
      }
      int victim = victim();
      if (bypass && uses[unit] <= uses[victim]) {
        return;
      }
      evict(victim);
    }
    insert(unit);
  }

  /** The oldest of a list that may go; {@link #NONE} where there is none. */
  int oldest(List<Integer> list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (!mask.contains(list.get(i))) {
        return list.get(i);
      }
    }
    return NONE;
  }

  static void toFront(List<Integer> list, Integer unit) {
    list.remove(unit);
    list.add(0, unit);
  }

  static void trim(List<Integer> list, int size) {
    while (list.size() > size) {
      list.remove(list.size() - 1);
    }
  }

  @SafeVarargs
  static Set<Integer> union(List<Integer>... lists) {
    Set<Integer> all = new TreeSet<>();
    for (List<Integer> list : lists) {
      all.addAll(list);
    }
    return all;
  }

  /** One counter of one bit. */
  static final class NaiveClock extends NaiveQueues {
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

  /** The hand is a place counted from the tail. */
  static final class NaiveSieve extends NaiveQueues {
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

  /** Four segments, the lowest first. */
  static final class NaiveSegments extends NaiveQueues {
    private final List<List<Integer>> segments = new ArrayList<>();

    NaiveSegments(int units, int capacity, boolean bypass, boolean byScore) {
      super(units, capacity, bypass, byScore);
      for (int s = 0; s < 4; s++) {
        segments.add(new ArrayList<>());
      }
    }

    private int room(int segment) {
      return segment == 0 ? capacity - 3 * (capacity / 4) : capacity / 4;
    }

    @Override
    Set<Integer> cached() {
      Set<Integer> all = new TreeSet<>();
      segments.forEach(all::addAll);
      return all;
    }

    @Override
    void hit(int unit) {
      for (int s = 0; s < 4; s++) {
        if (segments.get(s).remove((Integer) unit)) {
          int above = Math.min(3, s + 1);
          segments.get(above).add(0, unit);
          for (int t = above; t > 0; t--) {
            while (segments.get(t).size() > room(t)) {
              segments.get(t - 1).add(0, segments.get(t).remove(segments.get(t).size() - 1));
            }
          }
          return;
        }
      }
    }

    @Override
    void miss(int unit) {}

    @Override
    int victim() {
      return segments.stream()
          .filter(segment -> oldest(segment) != NONE)
          .map(this::oldest)
          .findFirst()
          .orElseThrow();
    }

    @Override
    void evict(int unit) {
      segments.forEach(segment -> segment.remove((Integer) unit));
    }

    @Override
    void insert(int unit) {
      for (int s = 0; s < 4; s++) {
        if (segments.get(s).size() < room(s)) {
          segments.get(s).add(0, unit);
          return;
        }
      }
      segments.get(0).add(0, unit);
    }
  }

  /** A quarter for what is new, half as many names. */
  static final class NaiveTwoQueue extends NaiveQueues {
    private final List<Integer> in = new ArrayList<>();
    private final List<Integer> out = new ArrayList<>();
    private final List<Integer> main = new ArrayList<>();
    private boolean remembered;

    NaiveTwoQueue(int units, int capacity, boolean bypass, boolean byScore) {
      super(units, capacity, bypass, byScore);
    }

    @Override
    Set<Integer> cached() {
      return union(in, main);
    }

    @Override
    void hit(int unit) {
      if (main.contains(unit)) {
        toFront(main, unit);
      }
    }

    @Override
    void miss(int unit) {
      remembered = out.remove((Integer) unit);
    }

    @Override
    int victim() {
      boolean fromIn = in.size() > capacity / 4 && oldest(in) != NONE || oldest(main) == NONE;
      return oldest(fromIn ? in : main);
    }

    @Override
    void evict(int unit) {
      if (in.remove((Integer) unit)) {
        out.add(0, unit);
        trim(out, capacity / 2);
      }
      main.remove((Integer) unit);
    }

    @Override
    void insert(int unit) {
      if (remembered && main.size() >= capacity - capacity / 4 && oldest(main) != NONE) {
        main.remove((Integer) oldest(main));
      }
      (remembered ? main : in).add(0, unit);
    }
  }

  /** The paper's cases I to IV. */
  static final class NaiveArc extends NaiveQueues {
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

  /** A tenth for what is new, nine tenths of names, two accesses to go on. */
  static final class NaiveS3Fifo extends NaiveQueues {
    private final List<Integer> small = new ArrayList<>();
    private final List<Integer> main = new ArrayList<>();
    private final List<Integer> ghost = new ArrayList<>();
    private final int[] accesses;
    private boolean remembered;
    private boolean parted;

    NaiveS3Fifo(int units, int capacity, boolean bypass, boolean byScore) {
      super(units, capacity, bypass, byScore);
      this.accesses = new int[units];
    }

    @Override
    Set<Integer> cached() {
      return union(small, main);
    }

    @Override
    void hit(int unit) {
      accesses[unit]++;
    }

    @Override
    void miss(int unit) {
      remembered = ghost.remove((Integer) unit);
    }

    @Override
    int victim() {
      parted = true;
      boolean mainIsTooLong = main.size() > capacity - (int) (capacity * 0.1);
      if ((mainIsTooLong || oldest(small) == NONE) && oldest(main) != NONE) {
        return ofMain();
      }
      for (int unit = oldest(small); unit != NONE; unit = oldest(small)) {
        if (accesses[unit] < 2) {
          return unit;
        }
        small.remove((Integer) unit);
        main.add(0, unit);
        accesses[unit] = 0;
      }
      return victim();
    }

    private int ofMain() {
      while (true) {
        int unit = oldest(main);
        if (accesses[unit] == 0) {
          return unit;
        }
        accesses[unit] = Math.min(3, accesses[unit]) - 1;
        toFront(main, unit);
      }
    }

    @Override
    void evict(int unit) {
      if (small.remove((Integer) unit)) {
        ghost.add(0, unit);
        trim(ghost, (int) (capacity * 0.9));
      }
      main.remove((Integer) unit);
    }

    @Override
    void insert(int unit) {
      accesses[unit] = 0;
      boolean toMain = remembered || (!parted && small.size() >= (int) (capacity * 0.1));
      (toMain ? main : small).add(0, unit);
    }
  }
}
