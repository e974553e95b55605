package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.util.List;

/**
 * CATS: gate pruning by a threshold per layer instead of a fixed k, so that the number of units
 * varies from token to token.
 */
final class Cats {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "cats",
              "gate pruning with a threshold per layer, calibrated to keep a share on average",
              "Lee et al., arXiv 2404.08763")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              Parameter.file("calibration", "trace to calibrate on, instead of the trace replayed"))
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_CALIBRATION, Trait.MASKS_EXPERTS)
          .by(Cats::create);

  private Cats() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    float[] thresholds =
        Thresholds.calibrate(
            context.calibrationFor(parameters), Site.GATE, parameters.number("keep"));
    return new DeclaredPolicy(
        parameters,
        Groups.scoredBy(context.shape(), Site.GATE, Matrix.UP, Matrix.DOWN),
        (layer, group) -> new ThresholdSelector(thresholds[layer], group.units()));
  }
}
