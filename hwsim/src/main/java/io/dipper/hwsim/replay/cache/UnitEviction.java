package io.dipper.hwsim.replay.cache;

import io.dipper.hwsim.replay.unit.UnitSet;

/** Takes note of uses one unit at a time, without a walk through a set of all units. */
interface UnitEviction {
  /**
   * A unit is used, as in a mask of it alone.
   *
   * @param cached whether it was cached before
   */
  void observe(int unit, boolean cached);

  /** That of a policy: its own where it has one, else by masks of one unit. */
  static UnitEviction of(Eviction eviction, UnitSet cached) {
    if (eviction instanceof UnitEviction own) {
      return own;
    }
    UnitSet single = new UnitSet(cached.size());
    return (unit, present) -> {
      single.add(unit);
      eviction.observe(single, cached);
      single.remove(unit);
    };
  }
}
