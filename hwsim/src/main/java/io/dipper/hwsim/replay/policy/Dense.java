package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Parameters;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.mask.PolicyEntry;
import io.dipper.hwsim.replay.unit.Groups;
import java.util.List;

/**
 * The dense model: every unit of both sites, through the same caches as DIP, so that its bytes are
 * counted by the same rules.
 */
final class Dense {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "dense", "every unit, through the same caches", "-", List.of(), List.of()),
          false,
          Dense::create);

  private Dense() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    return new DeclaredPolicy(
        parameters.spec(),
        Groups.INPUT_AND_GLU,
        false,
        (layer, group) -> (scores, position, cache, mask) -> mask.fill());
  }
}
