package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.mask.ScoreSelector;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitSpace;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Trait;
import io.dipper.trace.ColumnNorms;

/**
 * WINA: DIP whose magnitudes are weighed with the norms of the weight columns that they meet. The
 * two matrices under one input mask count as one of twice the rows: its column norm is {@code
 * sqrt(‖up_i‖² + ‖gate_i‖²)}.
 */
final class Wina {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "wina",
              "DIP with each magnitude multiplied by the norm of its weight column",
              "Chen et al., arXiv 2505.19427")
          .oneOf(Densities.ALTERNATIVES)
          .with(Densities.DENSITY, Densities.KEEP_X, Densities.KEEP_H)
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_NORMS)
          .by(Wina::create);

  private Wina() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Densities densities = Densities.of(parameters);
    ColumnNorms norms = context.normsFor("wina");
    return new DeclaredPolicy(
        parameters,
        Groups.inputAndGlu(context.shape()),
        (layer, group) -> {
          float[] weights = joint(norms, layer, group.space());
          int k = Densities.units(densities.of(group), weights.length);
          return weighed(weights, new TopKSelector(k, weights.length));
        });
  }

  /** The norm of each unit's columns in all matrices that read it, as one vector. */
  private static float[] joint(ColumnNorms norms, int layer, UnitSpace space) {
    double[] squares = new double[space.size()];
    for (Matrix matrix : space.readers()) {
      float[] each = matrix.columnNorms(norms, layer);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += (double) each[i] * each[i];
      }
    }
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
