package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.ColumnNorms;
import io.dipper.trace.Site;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * WINA: DIP whose magnitudes are weighed with the norms of the weight columns that they meet. As
 * published, each matrix has a mask of its own, weighed with its own norms. With joint norms the
 * two matrices under one input mask count as one of twice the rows: its column norm is {@code
 * sqrt(‖up_i‖² + ‖gate_i‖²)}.
 */
final class Wina {
  private static final String OWN = "own";

  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "wina",
              "DIP with each magnitude multiplied by the norm of its weight column",
              "Chen et al., arXiv 2505.19427")
          .oneOf(Densities.ALTERNATIVES)
          .with(
              Densities.DENSITY,
              Densities.KEEP_X,
              Densities.KEEP_H,
              Parameter.choice(
                      "norm",
                      "one mask for up and gate, by both norms; or one for each, by its own (replay"
                          + " only)",
                      "joint",
                      OWN)
                  .as(Role.TRADE))
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_NORMS)
          .by(Wina::create);

  private Wina() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    ColumnNorms norms = context.normsFor("wina");
    boolean own = parameters.text("norm").equals(OWN);
    return new DeclaredPolicy(
        parameters,
        own ? matrixByMatrix(context.shape()) : Groups.inputAndGlu(context.shape()),
        (layer, group) -> {
          float[] weights = norms(norms, layer, weighing(group));
          int k = Densities.units(densities.of(group), weights.length);
          return weighed(weights, new TopKSelector(k, weights.length));
        });
  }

  private static List<UnitGroup> matrixByMatrix(ModelShape shape) {
    return Stream.of(
            Groups.scoredBy(shape, Site.X, Matrix.UP),
            Groups.scoredBy(shape, Site.X, Matrix.GATE),
            Groups.scoredBy(shape, Site.GLU, Matrix.DOWN))
        .flatMap(List::stream)
        .toList();
  }

  /** The matrices of a group whose inputs its units are. */
  private static Set<Matrix> weighing(UnitGroup group) {
    Set<Matrix> readers = EnumSet.copyOf(group.space().readers());
    readers.retainAll(group.covers());
    return readers;
  }

  /** The norm of each unit's columns in some matrices, as one vector. */
  private static float[] norms(ColumnNorms norms, int layer, Set<Matrix> matrices) {
    double[] squares = SquaredNorms.of(norms, layer, matrices);
    float[] joint = new float[squares.length];
    for (int i = 0; i < joint.length; i++) {
      joint[i] = (float) Math.sqrt(squares[i]);
    }
    return joint;
  }

  private static ScoreSelector weighed(float[] weights, ScoreSelector selector) {
    float[] weighed = new float[weights.length];
    return (scores, position, cache, mask) -> {
      for (int i = 0; i < weighed.length; i++) {
        weighed[i] = scores[i] * weights[i];
      }
      selector.select(weighed, position, cache, mask);
    };
  }
}
