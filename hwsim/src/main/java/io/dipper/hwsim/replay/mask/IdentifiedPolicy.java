package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Trait;
import java.util.List;
import java.util.Set;

/**
 * A policy as a registry made it: under the specification that it was asked for, digests included,
 * and with the traits that its entry declares.
 */
public record IdentifiedPolicy(PolicySpec spec, Set<Trait> traits, MaskPolicy policy)
    implements MaskPolicy {
  @Override
  public List<UnitGroup> groups() {
    return policy.groups();
  }

  @Override
  public MaskSelector selector(int layer, UnitGroup group) {
    return policy.selector(layer, group);
  }

  @Override
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
