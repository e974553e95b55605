package io.dipper.hwsim.replay.unit;

import static io.dipper.hwsim.replay.unit.Matrix.DOWN;
import static io.dipper.hwsim.replay.unit.Matrix.GATE;
import static io.dipper.hwsim.replay.unit.Matrix.UP;

import io.dipper.proto.ModelShape;
import io.dipper.trace.RoutedLayers;
import io.dipper.trace.Site;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The experts of a model as units: a unit is all of an expert's matrices; or where a mask chooses
 * inside experts, those that it leaves whole, beside the GLU units of all experts of a layer.
 */
public final class Experts {
  /** The id of the space of a layer's experts. */
  public static final String ID = "experts";

  private Experts() {}

  /** Whether a model has experts. */
  public static boolean in(ModelShape shape) {
    return shape.getExperts() > 0;
  }

  /** The experts of a layer that has some, whatever file they come from. */
  public static UnitSpace space(ModelShape shape) {
    int weights = Math.multiplyExact(shape.getHiddenSize(), shape.getExpertIntermediateSize());
    UnitPart matrix = new UnitPart(weights, false);
    return new UnitSpace(
        ID,
        shape.getExperts(),
        Set.of(Site.ROUTER),
        Site.ROUTER,
        Map.of(UP, matrix, GATE, matrix, DOWN, matrix));
  }

  /**
   * The experts of a layer, chosen by its router.
   *
   * @param site that says what the router said
   */
  public static UnitGroup group(ModelShape shape, Site site) {
    return new UnitGroup(List.of(Signal.of(site)), space(shape), EnumSet.allOf(Matrix.class));
  }

  /** The MLP of one expert, as the shape of a model without experts. */
  public static ModelShape mlp(ModelShape shape) {
    return shape.toBuilder()
        .setIntermediateSize(shape.getExpertIntermediateSize())
        .clearExperts()
        .clearExpertsPerToken()
        .clearExpertIntermediateSize()
        .clearRouted()
        .clearStorage()
        .setLayers(layers(shape).length)
        .build();
  }

  /**
   * The groups of a choice of experts with a mask inside them: the experts, of which the matrices
   * that the mask leaves whole are read, and the GLU units of all experts of a layer.
   *
   * @param chosen the experts, whole
   * @param inside the mask, over the units of one expert
   * @param site what the mask looks at, of a token's experts by rank
   */
  public static List<UnitGroup> groups(UnitGroup chosen, UnitGroup inside, Site site) {
    Set<Matrix> whole = EnumSet.copyOf(chosen.covers());
    whole.removeAll(inside.covers());
    UnitSpace unit = inside.space();
    UnitSpace all =
        new UnitSpace(
            unit.id(),
            Math.multiplyExact(chosen.units(), unit.size()),
            Set.of(Site.EXPERT_GATE, Site.EXPERT_UP, Site.EXPERT_GLU),
            Site.EXPERT_GLU,
            unit.parts());
    return List.of(
        new UnitGroup(chosen.signals(), chosen.space(), whole),
        new UnitGroup(List.of(Signal.of(site)), all, inside.covers()));
  }

  /** The layers that have experts, in order. */
  public static int[] layers(ModelShape shape) {
    return IntStream.range(0, shape.getLayers())
        .filter(layer -> RoutedLayers.isRouted(shape, layer))
        .toArray();
  }
}
