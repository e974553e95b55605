package io.dipper.hwsim.replay.mask;

import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.PolicySpec;
import io.dipper.registry.Choice;
import java.util.List;

/** A policy as its two parts: the declaration of its groups, and where its selectors come from. */
public record DeclaredPolicy(PolicySpec spec, List<UnitGroup> groups, Selectors selectors)
    implements MaskPolicy {
  public DeclaredPolicy {
    groups = List.copyOf(groups);
  }

  /** A policy of resolved parameters. */
  public DeclaredPolicy(Choice parameters, List<UnitGroup> groups, Selectors selectors) {
    this(
        PolicySpec.newBuilder()
            .setName(parameters.name())
            .setParameters(parameters.parameters())
            .build(),
        groups,
        selectors);
  }

  /** Makes the selector of one layer and group. */
  public interface Selectors {
    MaskSelector create(int layer, UnitGroup group);
  }

  @Override
  public MaskSelector selector(int layer, UnitGroup group) {
    return selectors.create(layer, group);
  }
}
