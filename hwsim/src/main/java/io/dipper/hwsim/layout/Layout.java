package io.dipper.hwsim.layout;

import io.dipper.hwsim.mask.UnitGroup;

/** Where the bytes of a unit lie on Flash, and so which requests fetch it. */
public interface Layout {
  /**
   * The requests that fetch one missed unit of a group.
   *
   * @param unitBytes the bytes of one column of one matrix
   */
  UnitRequests requests(UnitGroup group, double unitBytes);
}
