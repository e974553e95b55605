package io.dipper.hwsim.time.engine;

import io.dipper.hwsim.replay.layout.UnitRequests;
import java.util.List;

/**
 * What the units of a group cost.
 *
 * @param group the index of the policy's group; -1 for none
 * @param count the number N of units
 * @param bytes of a unit, in all matrices of the group
 * @param flops of a unit
 * @param requests that fetch one missed unit
 * @param leastRequestBytes a smaller read of a run is made as large
 * @param full whether every unit is always selected: then nothing is chosen or gathered, and what
 *     is missed is known ahead and read as a stream
 * @param selectSeconds to choose among all units
 * @param gatherSeconds to gather one selected unit
 */
record UnitCosts(
    int group,
    int count,
    double bytes,
    double flops,
    List<UnitRequests> requests,
    double leastRequestBytes,
    boolean full,
    double selectSeconds,
    double gatherSeconds) {

  static final UnitCosts NONE =
      new UnitCosts(-1, 0, 0, 0, List.of(new UnitRequests(1, 1, 0)), 0, true, 0, 0);

  /** How many stretches of Flash hold all units. */
  int stretches() {
    int sum = 0;
    for (int i = 0; i < requests.size(); i++) {
      sum += requests.get(i).stretches();
    }
    return sum;
  }

  /** The same with a full mask. */
  UnitCosts dense() {
    return new UnitCosts(group, count, bytes, flops, requests, leastRequestBytes, true, 0, 0);
  }
}
