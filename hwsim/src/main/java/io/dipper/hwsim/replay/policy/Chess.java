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
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.List;

/**
 * CHESS: CATS with a threshold for each channel, {@code T / mean|u_j|}, since a gate's error costs
 * as much as what it is multiplied with. The layer's T is calibrated so that a share of the units
 * is kept on average.
 */
final class Chess {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "chess",
              "gate pruning with a threshold per channel, lower where |W_up x| is large on average",
              "He et al., arXiv 2409.01366")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              Parameter.file("calibration", "trace to calibrate on, instead of the trace replayed"))
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_CALIBRATION)
          .by(Chess::create);

  private Chess() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Recording recording = context.calibrationFor(parameters);
    double keep = parameters.number("keep");
    float[][] thresholds = new float[recording.model().getLayers()][];
    for (int layer = 0; layer < thresholds.length; layer++) {
      thresholds[layer] =
          ChannelThresholds.calibrate(
              recording.column(layer, Site.GATE), recording.column(layer, Site.UP), keep);
    }
    return new DeclaredPolicy(
        parameters,
        Groups.scoredBy(context.shape(), Site.GATE, Matrix.UP, Matrix.DOWN),
        (layer, group) -> new ChannelThresholdSelector(thresholds[layer]));
  }
}
