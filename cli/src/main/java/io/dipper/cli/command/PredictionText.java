package io.dipper.cli.command;

import io.dipper.hwsim.study.quality.PairOrder;
import io.dipper.hwsim.study.quality.PredictionCheck;
import io.dipper.hwsim.study.result.PredictionRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How well predictions held, for a person. */
final class PredictionText {
  private PredictionText() {}

  /** Says nothing where nothing that was predicted has been measured. */
  static void print(List<PredictionRow> rows, PrintWriter out) {
    PredictionCheck check = PredictionCheck.of(rows);
    if (check.points() < 2) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%npredictions against %d live runs that the model was not fitted on: Kendall tau %.3f,"
            + " median error of the increase %.1f%% (%d runs of +0.5%% to +30%%), %.0f%% inside"
            + " their 90%% interval (predictions.csv)%n",
        check.points(),
        check.kendallTau(),
        100 * check.medianError(),
        check.compared(),
        100 * check.covered());
    PairOrder order = PairOrder.of(rows);
    if (order.pairs() > 0) {
      out.printf(
          Locale.ROOT,
          "of %d pairs that these runs can tell apart, %d are predicted in the right order%n",
          order.pairs(),
          order.right());
    }
  }
}
