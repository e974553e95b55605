package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;

/**
 * The dense model: every unit of both sites, through the same caches as DIP, so that its bytes are
 * counted by the same rules.
 */
final class Dense {
  static final Declared<PolicyFactory> ENTRY =
      Description.of("dense", "every unit, through the same caches", "-")
          .having(Trait.DENSE)
          .by(Dense::create);

  private Dense() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> (signals, cache, mask) -> mask.fill());
  }
}
