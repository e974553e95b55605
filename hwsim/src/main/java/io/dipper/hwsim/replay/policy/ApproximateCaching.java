package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.Parameters;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.mask.PolicyEntry;
import io.dipper.hwsim.replay.unit.Groups;
import java.util.List;

/**
 * Approximate caching: the largest units whatever is cached, then cached units among a wider set of
 * candidates before uncached ones.
 */
final class ApproximateCaching {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "approximate",
              "the largest units, then cached ones among the top m, then uncached ones of the"
                  + " top k",
              "Federici et al., arXiv 2412.01380, alternative cache-aware masking",
              Densities.ALTERNATIVES,
              List.of(
                  Densities.DENSITY,
                  Densities.KEEP_X,
                  Densities.KEEP_H,
                  Parameter.number(
                      "gamma", 0, 1, 0, "weight of the use counts in the score; needs lfu above 0"),
                  Parameter.number(
                      "top_m_ratio",
                      1,
                      1000,
                      1.5,
                      "candidates for replacement, as a multiple of k"),
                  Parameter.number(
                      "fixed_ratio", 0, 1, 0.5, "share of k that is selected in any case"))),
          ApproximateCaching::create);

  private ApproximateCaching() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    return new DeclaredPolicy(
        parameters.spec(),
        Groups.INPUT_AND_GLU,
        true,
        (layer, group) -> {
          int units = group.axis().units(context.shape());
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
