package io.dipper.hwsim.replay.expert;

import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Choice;
import io.dipper.registry.Trait;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A policy of experts as its declaration, one group per layer, and where its selectors come from.
 *
 * @param group the experts of a layer, and what they are chosen by
 * @param selectors makes the selector of a layer
 */
record RoutedPolicy(Choice choice, UnitGroup group, IntFunction<ExpertSelector> selectors)
    implements ExpertPolicy {
  @Override
  public PolicySpec spec() {
    return PolicySpec.newBuilder()
        .setName(choice.name())
        .setParameters(choice.parameters())
        .build();
  }

  @Override
  public List<UnitGroup> groups() {
    return List.of(group);
  }

  @Override
  public ExpertSelector experts(int layer) {
    return selectors.apply(layer);
  }

  @Override
  public MaskSelector selector(int layer, UnitGroup group) {
    throw new IllegalStateException("experts are chosen by rank and weight, not by a mask alone");
  }

  @Override
  public boolean has(Trait trait) {
    return ExpertPolicies.declares(choice.name(), trait);
  }
}
