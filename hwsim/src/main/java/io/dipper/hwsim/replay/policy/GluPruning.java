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
 * GLU pruning: the columns of {@code W_down} that meet the largest GLU activations. {@code W_up}
 * and {@code W_gate} stay dense, so that the score is exact and the block density is {@code (2 +
 * keep) / 3}.
 */
final class GluPruning {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "glu",
              "top-k of |h| selects columns of W_down; W_up and W_gate stay dense",
              "Federici et al., arXiv 2412.01380")
          .oneOf(List.of(List.of("keep")))
          .with(KeptShare.KEEP)
          .having(Trait.SCORES_ACTIVATIONS, Trait.MASKS_EXPERTS)
          .by(GluPruning::create);

  private GluPruning() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    return KeptShare.policy(
        parameters, context, Groups.scoredBy(context.shape(), Site.GLU, Matrix.DOWN));
  }
}
