package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.Parameter;
import io.dipper.hwsim.replay.mask.Parameters;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyDescription;
import io.dipper.hwsim.replay.mask.PolicyEntry;
import io.dipper.hwsim.replay.unit.Axis;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.List;

/**
 * TEAL with uniform densities: inputs and GLU activations above a threshold per layer and site. Its
 * search for a density per tensor is left out: every tensor keeps the same share on average.
 */
final class Teal {
  static final PolicyEntry ENTRY =
      new PolicyEntry(
          new PolicyDescription(
              "teal",
              "thresholds on |x| and |h| per layer, calibrated to keep a share on average",
              "Liu et al., arXiv 2408.14690",
              List.of(List.of("keep")),
              List.of(
                  KeptShare.KEEP,
                  Parameter.file(
                      "calibration", "trace to calibrate on, instead of the trace replayed"))),
          Teal::create);

  private Teal() {}

  private static MaskPolicy create(Parameters parameters, PolicyContext context) {
    Recording recording = context.calibrationFor(parameters);
    double keep = parameters.number("keep");
    float[] x = Thresholds.calibrate(recording, Site.X, keep);
    float[] h = Thresholds.calibrate(recording, Site.GLU, keep);
    return new DeclaredPolicy(
        parameters.spec(),
        Groups.INPUT_AND_GLU,
        false,
        (layer, group) ->
            new ThresholdSelector(
                (group.axis() == Axis.X ? x : h)[layer], group.axis().units(context.shape())));
  }
}
