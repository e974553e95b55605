package io.dipper.hwsim.layout;

import io.dipper.hwsim.mask.UnitGroup;

/**
 * What the matrices of a group have of a unit lies side by side (the up and gate columns of an
 * input, say): a unit is one request. Row-column bundling of Alizadeh et al., "LLM in a flash",
 * arXiv 2312.11514, section 3.2.
 */
public final class Bundled implements Layout {
  @Override
  public UnitRequests requests(UnitGroup group, double unitBytes) {
    return new UnitRequests(1, group.covers().size() * unitBytes);
  }
}
