package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.mask.PolicyFactory;
import io.dipper.hwsim.replay.select.TopK;
import io.dipper.hwsim.replay.unit.Groups;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.replay.unit.UnitSet;
import io.dipper.registry.Choice;
import io.dipper.registry.Declared;
import io.dipper.registry.Description;
import io.dipper.registry.Parameter;
import io.dipper.registry.Trait;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;
import java.util.List;

/**
 * One mask for all tokens: the GLU units that a trace has most often among the k largest |h| of a
 * token, ties going to the lowest index, in all three matrices. What a predictor knows that looks
 * at no input; the floor for one that does.
 */
final class HotMask {
  static final Declared<PolicyFactory> ENTRY =
      Description.of(
              "hot",
              "the units that are most often among the top-k of |h|, for all tokens: the floor for"
                  + " any predictor",
              "-")
          .oneOf(List.of(List.of("keep")))
          .with(
              KeptShare.KEEP,
              Parameter.file("calibration", "trace to count in, instead of the trace replayed"))
          .having(Trait.SCORES_ACTIVATIONS, Trait.NEEDS_CALIBRATION)
          .by(HotMask::create);

  private HotMask() {}

  private static MaskPolicy create(Choice parameters, PolicyContext context) {
    Recording recording = context.calibrationFor(parameters);
    List<UnitGroup> groups =
        Groups.scoredBy(context.shape(), Site.GLU, Matrix.UP, Matrix.GATE, Matrix.DOWN);
    int k = Densities.units(parameters.number("keep"), groups.get(0).units());
    UnitSet[] chosen = new UnitSet[recording.model().getLayers()];
    for (int layer = 0; layer < chosen.length; layer++) {
      chosen[layer] = mostOften(recording.column(layer, Site.GLU), k);
    }
    return new DeclaredPolicy(
        parameters,
        groups,
        (layer, group) -> (signals, cache, mask) -> mask.copyFrom(chosen[layer]));
  }

  /** The k units of a column that are most often among the k largest of a row. */
  static UnitSet mostOften(SiteColumn column, int k) {
    int units = column.width();
    TopK topK = new TopK(units);
    UnitSet mask = new UnitSet(units);
    float[] row = new float[units];
    int[] keys = new int[units];
    int[] times = new int[units];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      for (int i = 0; i < units; i++) {
        keys[i] = TopK.key(row[i]);
      }
      topK.select(keys, k, mask);
      for (int unit = mask.next(0); unit >= 0; unit = mask.next(unit + 1)) {
        times[unit]++;
      }
    }
    topK.select(times, k, mask);
    return mask;
  }
}
