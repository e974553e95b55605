package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Parameters;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.mask.PolicyEntry;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.trace.Site;
import java.util.List;

/**
 * GLU pruning: the columns of {@code W_down} that meet the largest GLU activations. {@code W_up}
 * and {@code W_gate} stay dense, so that the score is exact and the block density is {@code (2 +
 * keep) / 3}.
 */
final class GluPruning {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "glu",
              "top-k of |h| selects columns of W_down; W_up and W_gate stay dense",
              "Federici et al., arXiv 2412.01380",
              List.of(List.of("keep")),
              List.of(KeptShare.KEEP)),
          GluPruning::create);

  private GluPruning() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    return KeptShare.policy(parameters, context, Groups.scoredBy(Site.GLU, Matrix.DOWN));
  }
}
