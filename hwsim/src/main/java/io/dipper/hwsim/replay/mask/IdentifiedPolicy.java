package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.PolicySpec;
import java.util.List;

/**
 * A policy under the specification that it was made from, digests included, whatever it says of
 * itself.
 */
public record IdentifiedPolicy(PolicySpec spec, MaskPolicy policy) implements MaskPolicy {
  @Override
  public List<UnitGroup> groups() {
    return policy.groups();
  }

  @Override
  public MaskSelector selector(int layer, UnitGroup group) {
    return policy.selector(layer, group);
  }

  @Override
  public boolean dependsOnCache() {
    return policy.dependsOnCache();
  }
}
