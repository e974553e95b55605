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
 * Dynamic input pruning: the input columns of {@code W_up} and {@code W_gate} that meet the largest
 * {@code |x|}, then the columns of {@code W_down} that meet the largest {@code |h|}.
 */
final class Dip {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "dip",
              "top-k of |x| selects input columns of W_up and W_gate, top-k of |h| columns of"
                  + " W_down",
              "Federici et al., arXiv 2412.01380")
          .oneOf(Densities.ALTERNATIVES)
          .with(Densities.DENSITY, Densities.KEEP_X, Densities.KEEP_H)
          .having(Trait.SCORES_ACTIVATIONS)
          .by(Dip::create);

  private Dip() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> {
          int units = group.units();
          return new TopKSelector(Densities.units(densities.of(group), units), units);
        });
  }
}
