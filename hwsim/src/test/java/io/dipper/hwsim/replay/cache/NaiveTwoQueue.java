package io.dipper.hwsim.replay.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A quarter for what is new, half as many names. */
final class NaiveTwoQueue extends NaiveQueues {
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
