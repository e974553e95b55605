package io.dipper.hwsim.replay.layout;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.WeightBits;
import java.util.List;

/**
 * What the matrices of a group have of a unit lies side by side: the up and gate columns of an
 * input, or the up row, gate row and down column of a GLU unit, as far as the group covers them. A
 * unit is one request. Row-column bundling of Alizadeh et al., "LLM in a flash", arXiv 2312.11514,
 * section 3.2.
 */
public final class Bundled implements Layout {
  @Override
  public List<UnitRequests> requests(UnitGroup group, WeightBits bits) {
    return List.of(new UnitRequests(1, 1, group.bytesPerUnit(bits)));
  }
}
