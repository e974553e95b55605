package io.dipper.hwsim.study.quality;

import io.dipper.hwsim.replay.mask.MaskPolicy;
import io.dipper.hwsim.study.result.PointRow;

/** Fills in what a quality model predicts of points. */
public final class Predictions {
  private final QualityModel model;

  public Predictions(QualityModel model) {
    this.model = model;
  }

  /**
   * The row with its predicted perplexity: the trace's dense perplexity times the predicted
   * increase. Unchanged where the trace tells neither the energies nor the dense perplexity, and
   * for points that lose nothing, and for those with an adapter: what that regains the model does
   * not know.
   */
  public PointRow predict(MaskPolicy policy, PointRow row) {
    Double dense = row.quality().perplexityDense();
    LostEnergy lost = LostEnergy.of(policy, row).orElse(null);
    if (dense == null || lost == null || lost.isNothing() || row.hasAdapter()) {
      return row;
    }
    Prediction predicted = model.predict(lost);
    return row.predicted(
        Prediction.perplexity(dense, predicted.increase()),
        Prediction.perplexity(dense, predicted.low()),
        Prediction.perplexity(dense, predicted.high()));
  }
}
