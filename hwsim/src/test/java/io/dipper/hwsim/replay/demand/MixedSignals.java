package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.mask.DeclaredPolicy;
import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.replay.mask.MaskSelector;
import io.dipper.hwsim.replay.select.NaiveTopK;
import io.dipper.hwsim.replay.unit.BlockShape;
import io.dipper.hwsim.replay.unit.Matrix;
import io.dipper.hwsim.replay.unit.Signal;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PolicySpec;
import io.dipper.trace.Site;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Chooses GLU units by a made-up score of the input here and in the layer before. */
final class MixedSignals {
  private MixedSignals() {}

  static MaskPolicy policy(ModelShape shape, int k) {
    UnitGroup group =
        new UnitGroup(
            List.of(Signal.of(Site.X), new Signal(Site.X, 1)),
            BlockShape.of(shape).space(BlockShape.GLU_UNITS),
            Set.of(Matrix.UP, Matrix.GATE, Matrix.DOWN));
    MaskSelector selector =
        (signals, cache, mask) -> {
          mask.clear();
          largest(signals.values(0), signals.values(1), mask.size(), k).forEach(mask::add);
        };
    return new DeclaredPolicy(
        PolicySpec.newBuilder().setName("mixed").build(),
        List.of(group),
        (layer, declared) -> selector);
  }

  /** The k units of largest score, one rounding each. */
  static TreeSet<Integer> largest(float[] here, float[] before, int units, int k) {
    float[] scores = new float[units];
    for (int u = 0; u < units; u++) {
      scores[u] = here[u % here.length] - before[u * 7 % before.length];
    }
    return NaiveTopK.of(scores, k);
  }
}
