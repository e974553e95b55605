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
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Recording;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * TEAL: inputs and GLU activations above a threshold per layer and site. With uniform densities
 * every site keeps the same share on average; with greedy ones each layer divides its density over
 * its sites by {@link GreedyAllocation}.
 */
final class Teal {
  private static final String GREEDY = "greedy";

  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "teal",
              "thresholds on |x| and |h| per layer, calibrated to keep a share on average",
              "Liu et al., arXiv 2408.14690")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              Parameter.choice(
                      "allocation",
                      "the share of each site: that of the block, or by what is lost least in each"
                          + " layer",
                      "uniform",
                      GREEDY)
                  .as(Role.TRADE),
              Parameter.file("calibration", "trace to calibrate on, instead of the trace replayed"))
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_CALIBRATION)
          .by(Teal::create);

  private Teal() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Recording recording = context.calibrationFor(parameters);
    List<UnitGroup> groups = Groups.inputAndGlu(context.shape());
    List<Densities> layers =
        IntStream.range(0, recording.model().getLayers())
            .mapToObj(densities(parameters, recording, groups)::apply)
            .toList();
    Map<UnitGroup, float[]> thresholds =
        groups.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    group ->
                        Thresholds.calibrate(
                            recording,
                            group.scored().site(),
                            layer -> layers.get(layer).of(group))));
    return new DeclaredPolicy(
        parameters,
        groups,
        (layer, group) ->
            new ThresholdSelector(
                Objects.requireNonNull(thresholds.get(group))[layer], group.units()));
  }

  /** What each layer keeps. */
  private static Function<Integer, Densities> densities(
      Choice parameters, Recording recording, List<UnitGroup> groups) {
    double keep = parameters.number("keep");
    if (!parameters.text("allocation").equals(GREEDY)) {
      return layer -> new Densities(keep, keep);
    }
    ColumnNorms norms = new PolicyContext(recording.model(), recording).normsFor("teal");
    return layer ->
        GreedyAllocation.of(
            keep,
            lost(recording, norms, layer, groups.get(0)),
            lost(recording, norms, layer, groups.get(1)));
  }

  private static LostEnergy lost(
      Recording recording, ColumnNorms norms, int layer, UnitGroup group) {
    return new LostEnergy(
        group.scored().column(recording, layer),
        SquaredNorms.of(norms, layer, group.space().readers()));
  }
}
