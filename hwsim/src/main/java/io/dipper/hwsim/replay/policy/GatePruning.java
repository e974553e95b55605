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
 * Gate pruning: the rows of {@code W_up} and columns of {@code W_down} where {@code |silu(W_gate
 * x)|} is largest; {@code W_gate} stays dense.
 */
final class GatePruning {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "gate",
              "top-k of |silu(W_gate x)| selects rows of W_up and columns of W_down; W_gate stays dense",
              "Federici et al., arXiv 2412.01380")
          .oneOf(List.of(List.of("keep")))
          .with(KeptShare.KEEP)
          .having(Trait.SCORES_ACTIVATIONS, Trait.MASKS_EXPERTS)
          .by(GatePruning::create);

  private GatePruning() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    return KeptShare.policy(
        parameters, context, Groups.scoredBy(context.shape(), Site.GATE, Matrix.UP, Matrix.DOWN));
  }
}
