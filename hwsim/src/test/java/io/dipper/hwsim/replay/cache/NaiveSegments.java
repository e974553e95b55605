package io.dipper.hwsim.replay.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Four segments, the lowest first. */
final class NaiveSegments extends NaiveQueues {
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
