package io.dipper.hwsim.time.schedule;

import io.dipper.hwsim.replay.layout.UnitRequests;
import java.util.List;

/**
 * The units that a step chooses among, and where they lie.
 *
 * @param group the index of the policy's group; -1 for none
 * @param count the number N of units that a token chooses among
 * @param each what a unit has of all matrices of the group
 * @param requests that fetch one missed unit, and the stretches of Flash in which all units lie
 * @param leastRequestBytes a smaller read of a run is made as large
 * @param full whether every unit is always selected: then nothing is chosen or gathered, and what
 *     is missed is known ahead and read as a stream
 * @param arrival how missed units come
 */
public record StepUnits(
    int group,
    int count,
    Weights each,
    List<UnitRequests> requests,
    double leastRequestBytes,
    boolean full,
    Arrival arrival) {

  /** No units. */
  static final StepUnits NONE =
      new StepUnits(
          -1, 0, Weights.none(0), List.of(new UnitRequests(1, 1, 0)), 0, true, Arrival.TOGETHER);

  /** The bytes of a unit. */
  public double bytes() {
    return each.bytes();
  }

  /** How many stretches of Flash hold all units. */
  public int stretches() {
    int sum = 0;
    for (int i = 0; i < requests.size(); i++) {
      sum += requests.get(i).stretches();
    }
    return sum;
  }

  /** These units, all of them always selected. */
  StepUnits dense() {
    return new StepUnits(group, count, each, requests, leastRequestBytes, true, arrival);
  }

  /** These units, of which a token computes a share. */
  StepUnits computing(double share) {
    Weights part = new Weights(each.bytes(), each.bits(), share * each.flops(), each.vector());
    return new StepUnits(group, count, part, requests, leastRequestBytes, full, arrival);
  }
}
