package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.WeightBits;
import java.util.List;

/** Where the bytes of a unit lie on Flash, and so which requests fetch it. */
public interface Layout {
  /**
   * The requests that fetch one missed unit of a group, those of one size together.
   *
   * @param bits per weight
   */
  List<UnitRequests> requests(UnitGroup group, WeightBits bits);
}
