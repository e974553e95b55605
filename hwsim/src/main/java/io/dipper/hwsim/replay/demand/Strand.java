package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.demand.CachePlayer.Place;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitGroup;

/**
 * One group of one point: what a replay follows through every layer.
 *
 * @param pointIndex the point's place in the replay
 * @param group the group's place in the point's policy
 * @param demand where its counts go
 */
record Strand(int pointIndex, ReplayPoint point, int group, Demand demand) {
  UnitGroup declared() {
    return point.policy().groups().get(group);
  }

  /** A selector of its masks in a layer, before the first token. */
  MaskSelector selector(int layer) {
    return point.policy().selector(layer, declared());
  }

  /** Its place in a layer. */
  Place place(int layer) {
    return new Place(layer, demand.layers(), group);
  }

  /** Whether both have the same masks, step by step, so that they are computed once. */
  boolean sharesMasksWith(Strand other) {
    return group == other.group
        && point.fetch().window() == other.point.fetch().window()
        && point.masks().equals(other.point.masks());
  }
}
