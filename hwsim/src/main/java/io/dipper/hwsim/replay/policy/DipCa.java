package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.select.MergedRanks;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;

/**
 * Cache-aware masking, DIP-CA: DIP whose scores are multiplied by {@code gamma < 1} where a unit is
 * not cached, so that of two units about as large the cached one is read.
 */
final class DipCa {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "dip-ca",
              "DIP whose scores are multiplied by gamma where a unit is not cached",
              "Federici et al., arXiv 2412.01380, cache-aware masking")
          .oneOf(Densities.ALTERNATIVES)
          .with(
              Densities.DENSITY,
              Densities.KEEP_X,
              Densities.KEEP_H,
              Parameter.number("gamma", 0, 1, "factor on uncached scores; 1 is DIP")
                  .or(0.2)
                  .as(Role.TRADE),
              Parameter.flag(
                  "warm_up", "let gamma fall from 1 over the first tokens of a sequence"),
              Parameter.share(
                      "fixed_top", 0, "share of k, the largest scores, that keeps its score")
                  .or(0),
              Parameter.flag("blend", "mix scores with what is cached instead of multiplying them"))
          .having(Trait.SCORES_ACTIVATIONS, Trait.LOOKS_AT_CACHE)
          .by(DipCa::create);

  private DipCa() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    Gamma gamma = new Gamma(parameters.number("gamma"), parameters.flag("warm_up"));
    MergedRanks ranks = gamma.ranks();
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> {
          int units = group.units();
          int k = Densities.units(densities.of(group), units);
          int fixed = Densities.units(parameters.number("fixed_top"), k);
          return parameters.flag("blend")
              ? new BlendSelector(gamma, k, fixed, units)
              : new CacheAwareSelector(gamma, ranks, k, fixed, units);
        });
  }
}
