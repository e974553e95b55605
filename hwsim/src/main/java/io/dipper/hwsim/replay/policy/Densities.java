package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.registry.Choice;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import java.util.List;

/**
 * The fractions of units that DIP keeps at its two sites.
 *
 * @param x of the H input columns
 * @param h of the I GLU units
 */
record Densities(double x, double h) {
  /** The parameters that set the densities, of which a user gives one or the other. */
  static final List<List<String>> ALTERNATIVES =
      List.of(List.of("density"), List.of("keep_x", "keep_h"));

  static final Parameter DENSITY =
      Parameter.share("density", 0.01, "share of the block's weights that is read").as(Role.AMOUNT);
  static final Parameter KEEP_X =
      Parameter.share("keep_x", 0, "share of the input columns that is kept").as(Role.AMOUNT);
  static final Parameter KEEP_H =
      Parameter.share("keep_h", 0, "share of the GLU units that is kept").as(Role.AMOUNT);

  /** Slope and offset of the fit between the logits of block density and input density. */
  private static final double SLOPE = 0.9849930711017189;

  private static final double OFFSET = 0.29976477589716316;

  static Densities of(Choice parameters) {
    return parameters.has("density")
        ? ofBlock(parameters.number("density"))
        : new Densities(parameters.number("keep_x"), parameters.number("keep_h"));
  }

  /** DIP's one-parameter form: the split of a block density over the two sites. */
  static Densities ofBlock(double density) {
    double logit = Math.log(density / (1 - density));
    double x = 1 / (1 + Math.exp(-(SLOPE * logit + OFFSET)));
    return new Densities(x, 3 * density - 2 * x);
  }

  /** The fraction kept of a group's units. */
  double of(UnitGroup group) {
    return group.space().id().equals(BlockShape.INPUTS) ? x : h;
  }

  /** The number of units kept of n: {@code floor(keep * n)}. */
  static int units(double keep, int n) {
    return (int) Math.floor(keep * n);
  }
}
