package io.dipper.hwsim.replay.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A tenth for what is new, nine tenths of names, two accesses to go on. */
final class NaiveS3Fifo extends NaiveQueues {
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
