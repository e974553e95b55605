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
 * N:M sparsity of activations: of every m neighbours along a matrix's input the {@code floor(keep *
 * m)} largest magnitudes, at both sites of DIP. So 2:4 is {@code keep=0.5,m=4}.
 */
final class NOfM {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "n-of-m",
              "the largest of every m neighbours: inputs of W_up and W_gate, then of W_down",
              "Alanova et al., arXiv 2509.22166")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              Parameter.integer("m", 2, 1024, "neighbours that compete").or(4).as(Role.TRADE))
          .having(Trait.SCORES_ACTIVATIONS)
          .by(NOfM::create);

  private NOfM() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    double keep = parameters.number("keep");
    int m = (int) parameters.number("m");
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> new NOfMSelector(keep, m));
  }
}
