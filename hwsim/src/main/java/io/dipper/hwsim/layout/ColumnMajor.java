package io.dipper.hwsim.layout;

import io.dipper.hwsim.mask.UnitGroup;

/**
 * Each matrix is stored column by column (or transposed, so that the masked axis is contiguous): a
 * unit is one request per matrix of its group.
 */
public final class ColumnMajor implements Layout {
  @Override
  public UnitRequests requests(UnitGroup group, double unitBytes) {
    return new UnitRequests(group.covers().size(), unitBytes);
  }
}
