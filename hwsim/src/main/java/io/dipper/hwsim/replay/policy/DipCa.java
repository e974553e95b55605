package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.Parameters;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.mask.PolicyEntry;
import io.dipper.hwsim.replay.select.MergedRanks;
import io.dipper.hwsim.replay.unit.Groups;
import java.util.List;

/**
 * Cache-aware masking, DIP-CA: DIP whose scores are multiplied by {@code gamma < 1} where a unit is
 * not cached, so that of two units about as large the cached one is read.
 */
final class DipCa {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "dip-ca",
              "DIP whose scores are multiplied by gamma where a unit is not cached",
              "Federici et al., arXiv 2412.01380, cache-aware masking",
              Densities.ALTERNATIVES,
              List.of(
                  Densities.DENSITY,
                  Densities.KEEP_X,
                  Densities.KEEP_H,
                  Parameter.number("gamma", 0, 1, 0.2, "factor on uncached scores; 1 is DIP"),
                  Parameter.flag(
                      "warm_up", "let gamma fall from 1 over the first tokens of a sequence"),
                  Parameter.number(
                      "fixed_top", 0, 1, 0, "share of k, the largest scores, that keeps its score"),
                  Parameter.flag(
                      "blend", "mix scores with what is cached instead of multiplying them"))),
          DipCa::create);

  private DipCa() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    Gamma gamma = new Gamma(parameters.number("gamma"), parameters.flag("warm_up"));
    MergedRanks ranks = gamma.ranks();
    return new DeclaredPolicy(
        parameters.spec(),
        Groups.INPUT_AND_GLU,
        true,
        (layer, group) -> {
          int units = group.axis().units(context.shape());
          int k = Densities.units(densities.of(group), units);
          int fixed = Densities.units(parameters.number("fixed_top"), k);
          return parameters.flag("blend")
              ? new BlendSelector(gamma, k, fixed, units)
              : new CacheAwareSelector(gamma, ranks, k, fixed, units);
        });
  }
}
