package io.dipper.hwsim.replay.policy;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.ScoreWeights;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.predictor.LowRankMap;
import io.dipper.predictor.Predictor;
import io.dipper.predictor.PredictorFile;
import io.dipper.proto.ModelShape;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Parameter.Role;
import io.dipper.registry.Trait;
import io.dipper.trace.Site;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/**
 * Predictive GLU pruning (DejaVu): a small learned map guesses from the MLP's input which GLU units
 * matter, and only those of all three matrices are read and computed. Its weights are resident, and
 * every token reads and computes them.
 */
final class Predictive {
  private static final double LARGEST_LOGIT = 1e6;

  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "predictive",
              "units that a trained predictor scores highest, in all three matrices",
              "Liu et al. (DejaVu), arXiv 2310.17157")
          .oneOf(List.of(List.of("predictor", "keep"), List.of("predictor", "threshold")))
          .with(
              Parameter.file("predictor", "safetensors file that dipper train predictor writes"),
              KeptShare.KEEP,
              Parameter.number(
                      "threshold",
                      -LARGEST_LOGIT,
                      LARGEST_LOGIT,
                      "keep units whose logit is above it, instead of a share")
                  .as(Role.AMOUNT))
          .having(Trait.SCORES_ACTIVATIONS, Trait.LOOKS_AHEAD)
          .by(Predictive::create);

  private Predictive() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Path file = Path.of(parameters.text("predictor"));
    Predictor predictor = PredictorFile.read(file);
    check(file, predictor, context.shape());
    LowRankMap first = predictor.layers().get(0);
    UnitGroup group =
        new UnitGroup(
            List.of(new Signal(Site.X, predictor.look().layersBack())),
            BlockShape.of(context.shape()).spaceOf(Site.GLU),
            EnumSet.allOf(Matrix.class),
            new ScoreWeights(first.weights(), predictor.bits()));
    return new DeclaredPolicy(
        parameters,
        List.of(group),
        (layer, of) ->
            new PredictedSelector(predictor.layers().get(layer), rule(parameters, of.units())));
  }

  private static PredictedSelector.LogitRule rule(Choice parameters, int units) {
    if (parameters.has("keep")) {
      return new LargestLogits(Densities.units(parameters.number("keep"), units), units);
    }
    float threshold = (float) parameters.number("threshold");
    return (logits, mask) -> above(threshold, logits, mask);
  }

  private static void above(float threshold, float[] logits, UnitSet mask) {
    mask.clear();
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] > threshold) {
        mask.add(i);
      }
    }
  }

  private static void check(Path file, Predictor predictor, ModelShape shape) {
    LowRankMap map = predictor.layers().get(0);
    if (predictor.layers().size() != shape.getLayers()
        || map.inputs() != shape.getHiddenSize()
        || map.units() != shape.getIntermediateSize()) {
      throw UserException.in(
          file,
          "is a predictor of %d layers, H %d and I %d, and %s has %d, %d and %d"
              .formatted(
                  predictor.layers().size(),
                  map.inputs(),
                  map.units(),
                  shape.getName(),
                  shape.getLayers(),
                  shape.getHiddenSize(),
                  shape.getIntermediateSize()));
    }
    String trainedOn = predictor.look().modelSha256();
    if (!shape.getSha256().isEmpty()
        && !trainedOn.isEmpty()
        && !shape.getSha256().equals(trainedOn)) {
      throw UserException.in(
          file,
          "was trained on another model than %s (SHA-256 %.12s..., not %.12s...)"
              .formatted(shape.getName(), trainedOn, shape.getSha256()));
    }
  }
}
