package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Trait;
import java.util.List;

/**
 * A choice of experts, and a mask inside each of them. The experts are the first group of its
 * declaration, the GLU units of all experts of a layer the second.
 *
 * @param chosen which experts
 * @param inside which of their units
 */
public record MaskedExperts(ExpertPolicy chosen, MaskInside inside) implements ExpertPolicy {
  @Override
  public PolicySpec spec() {
    return chosen.spec();
  }

  @Override
  public List<UnitGroup> groups() {
    return Experts.groups(chosen.groups().get(0), inside.group(), inside.site());
  }

  @Override
  public ExpertSelector experts(int layer) {
    return chosen.experts(layer);
  }

  @Override
  public MaskSelector selector(int layer, UnitGroup group) {
    throw new IllegalStateException("a mask inside experts is one of each expert");
  }

  @Override
  public boolean has(Trait trait) {
    return chosen.has(trait);
  }
}
