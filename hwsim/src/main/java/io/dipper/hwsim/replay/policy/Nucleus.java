package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import java.util.List;

/**
 * Top-p of magnitudes: at both sites of DIP the fewest units that have a share of the sum of all
 * magnitudes, so that a token whose activations are spread out keeps more of them.
 */
final class Nucleus {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "nucleus",
              "the fewest inputs, and GLU units, with a share p of the sum of magnitudes (top-p)",
              "-")
          .oneOf(List.of(List.of("p")))
          .with(
              Parameter.share("p", 0, "share of the sum of magnitudes that is kept")
                  .as(Role.AMOUNT))
          .having(Trait.SCORES_ACTIVATIONS)
          .by(Nucleus::create);

  private Nucleus() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    double share = parameters.number("p");
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> new NucleusSelector(share, group.units()));
  }
}
