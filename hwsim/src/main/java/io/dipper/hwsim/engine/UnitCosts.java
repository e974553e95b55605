package io.dipper.hwsim.engine;

import io.dipper.hwsim.layout.UnitRequests;

/**
 * What the units of a group cost.
 *
 * @param group the index of the policy's group; -1 for none
 * @param count the number N of units
 * @param bytes of a unit, in all matrices of the group
 * @param flops of a unit
 * @param requests that fetch one missed unit
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
    UnitRequests requests,
    boolean full,
    double selectSeconds,
    double gatherSeconds) {

  static final UnitCosts NONE = new UnitCosts(-1, 0, 0, 0, new UnitRequests(1, 0), true, 0, 0);
}
