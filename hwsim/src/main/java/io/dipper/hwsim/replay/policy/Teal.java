package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * TEAL with uniform densities: inputs and GLU activations above a threshold per layer and site. Its
 * search for a density per tensor is left out: every tensor keeps the same share on average.
 */
final class Teal {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "teal",
              "thresholds on |x| and |h| per layer, calibrated to keep a share on average",
              "Liu et al., arXiv 2408.14690")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              Parameter.file("calibration", "trace to calibrate on, instead of the trace replayed"))
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_CALIBRATION)
          .by(Teal::create);

  private Teal() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Recording recording = context.calibrationFor(parameters);
    double keep = parameters.number("keep");
    List<UnitGroup> groups = Groups.inputAndGlu(context.shape());
    Map<UnitGroup, float[]> thresholds = new HashMap<>();
    for (UnitGroup group : groups) {
      thresholds.put(group, Thresholds.calibrate(recording, group.scored().site(), keep));
    }
    return new DeclaredPolicy(
        parameters,
        groups,
        (layer, group) ->
            new ThresholdSelector(
                Objects.requireNonNull(thresholds.get(group))[layer], group.units()));
  }
}
