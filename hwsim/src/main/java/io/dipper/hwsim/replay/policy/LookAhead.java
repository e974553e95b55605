package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * DIP whose input columns are known a layer early: chosen by the magnitudes of the layer before's
 * input, most of which the residual stream carries on. GLU units are chosen as DIP does. The first
 * layer looks at its own input.
 *
 * <p>What it loses beside DIP is what fetching a layer ahead without a trained predictor costs.
 */
final class LookAhead {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "look-ahead",
              "DIP with input columns chosen by the input of the layer before, a layer early",
              "-")
          .oneOf(Densities.ALTERNATIVES)
          .with(Densities.DENSITY, Densities.KEEP_X, Densities.KEEP_H)
          .having(Trait.SCORES_ACTIVATIONS, Trait.LOOKS_AHEAD)
          .by(LookAhead::create);

  private LookAhead() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    UnitGroup inputs =
        new UnitGroup(
            List.of(new Signal(Site.X, 1)),
            BlockShape.of(context.shape()).space(BlockShape.INPUTS),
            Set.of(Matrix.UP, Matrix.GATE));
    List<UnitGroup> groups = new ArrayList<>(List.of(inputs));
    groups.addAll(Groups.scoredBy(context.shape(), Site.GLU, Matrix.DOWN));
    return new DeclaredPolicy(
        parameters,
        groups,
        (layer, group) -> {
          int units = group.units();
          return new TopKSelector(Densities.units(densities.of(group), units), units);
        });
  }
}
