package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.registry.Choice;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import java.util.List;

/** What policies with the one parameter {@code keep} have in common. */
final class KeptShare {
  static final Parameter KEEP =
      Parameter.share("keep", 0, "share of the units that is kept").as(Role.AMOUNT);

  private KeptShare() {}

  /** The policy that selects the {@code floor(keep * N)} units of largest magnitude per group. */
  static MaskPolicy policy(Choice parameters, PolicyContext context, List<UnitGroup> groups) {
    double keep = parameters.number("keep");
    return new DeclaredPolicy(
        parameters,
        groups,
        (layer, group) -> {
          int units = group.units();
          return new TopKSelector(Densities.units(keep, units), units);
        });
  }
}
