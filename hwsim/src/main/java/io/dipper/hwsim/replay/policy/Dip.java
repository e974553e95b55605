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
 * Dynamic input pruning: the input columns of {@code W_up} and {@code W_gate} that meet the largest
 * {@code |x|}, then the columns of {@code W_down} that meet the largest {@code |h|}.
 */
final class Dip {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "dip",
              "top-k of |x| selects input columns of W_up and W_gate, top-k of |h| columns of"
                  + " W_down",
              "Federici et al., arXiv 2412.01380",
              Densities.ALTERNATIVES,
              List.of(Densities.DENSITY, Densities.KEEP_X, Densities.KEEP_H)),
          Dip::create);

  private Dip() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    return new DeclaredPolicy(
        parameters.spec(),
        Groups.INPUT_AND_GLU,
        false,
        (layer, group) -> {
          int units = group.axis().units(context.shape());
          return new TopKSelector(Densities.units(densities.of(group), units), units);
        });
  }
}
