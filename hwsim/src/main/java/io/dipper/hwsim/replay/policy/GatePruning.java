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
 * Gate pruning: the rows of {@code W_up} and columns of {@code W_down} where {@code |silu(W_gate
 * x)|} is largest; {@code W_gate} stays dense.
 */
final class GatePruning {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "gate",
              "top-k of |silu(W_gate x)| selects rows of W_up and columns of W_down; W_gate stays dense",
              "Federici et al., arXiv 2412.01380",
              List.of(List.of("keep")),
              List.of(KeptShare.KEEP)),
          GatePruning::create);

  private GatePruning() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    return KeptShare.policy(
        parameters, context, Groups.scoredBy(Site.GATE, Matrix.UP, Matrix.DOWN));
  }
}
