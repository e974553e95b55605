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

/**
 * Approximate caching: the largest units whatever is cached, then cached units among a wider set of
 * candidates before uncached ones.
 */
final class ApproximateCaching {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "approximate",
              "the largest units, then cached ones among the top m, then uncached ones of the"
                  + " top k",
              "Federici et al., arXiv 2412.01380, alternative cache-aware masking")
          .oneOf(Densities.ALTERNATIVES)
          .with(
              Densities.DENSITY,
              Densities.KEEP_X,
              Densities.KEEP_H,
              Parameter.number(
                      "gamma", 0, 1, "weight of the use counts in the score; needs lfu above 0")
                  .or(0)
                  .as(Role.TRADE),
              Parameter.number(
                      "top_m_ratio", 1, 1000, "candidates for replacement, as a multiple of k")
                  .or(1.5),
              Parameter.share("fixed_ratio", 0, "share of k that is selected in any case").or(0.5))
          .having(Trait.SCORES_ACTIVATIONS, Trait.LOOKS_AT_CACHE)
          .by(ApproximateCaching::create);

  private ApproximateCaching() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> {
          int units = group.units();
          int k = Densities.units(densities.of(group), units);
          return new ApproximateSelector(
              parameters.number("gamma"),
              Densities.units(parameters.number("fixed_ratio"), k),
              k,
              Densities.units(parameters.number("top_m_ratio"), k),
              units);
        });
  }
}
