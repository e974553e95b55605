package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.select.NaiveTopK;
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
}
