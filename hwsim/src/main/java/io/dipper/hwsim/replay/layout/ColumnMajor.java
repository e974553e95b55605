package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.WeightBits;
import java.util.List;

/**
 * Each matrix is stored column by column (or transposed, so that the masked axis is contiguous): a
 * unit is one request per matrix of its group.
 */
public final class ColumnMajor implements Layout {
  @Override
  public List<UnitRequests> requests(UnitGroup group, WeightBits bits) {
    return UnitRequests.together(
        group.covers().stream()
            .map(matrix -> new UnitRequests(1, 1, group.space().bytes(matrix, bits)))
            .toList());
  }
}
