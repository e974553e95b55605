package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.List;

/**
 * The GLU oracle: the mask of GLU pruning on all three matrices. No device can run it, because the
 * score needs what the mask would leave out; it bounds what a perfect predictor could do.
 */
final class GluOracle {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "glu-oracle",
              "top-k of |h| selects in all three matrices: the bound for any predictor",
              "Federici et al., arXiv 2412.01380")
          .oneOf(List.of(List.of("keep")))
          .with(KeptShare.KEEP)
          .having(Trait.SCORES_ACTIVATIONS)
          .by(GluOracle::create);

  private GluOracle() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    return KeptShare.policy(
        parameters,
        context,
        Groups.scoredBy(context.shape(), Site.GLU, Matrix.UP, Matrix.GATE, Matrix.DOWN));
  }
}
