package io.dipper.hwsim.study.quality;

import io.dipper.hwsim.study.result.PredictionRow;
import java.util.List;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * How well predictions held, over points that the model was not fitted on.
 *
 * @param points how many
 * @param kendallTau the rank correlation (τ-b) of predicted and measured increases; NaN for fewer
 *     than two points
 * @param compared how many points have a measured increase between 0.5 % and 30 %
 * @param medianError the median of |predicted − measured| / measured over those; NaN for none
 * @param covered the share of all points that lie in their 90 % interval; NaN for none
 */
public record PredictionCheck(
    int points, double kendallTau, int compared, double medianError, double covered) {
  private static final double LEAST_INCREASE = 0.005;
  private static final double MOST_INCREASE = 0.3;

  /** The check of some rows; those that were fitted are left out. */
  public static PredictionCheck of(List<PredictionRow> rows) {
    List<PredictionRow> held = rows.stream().filter(row -> !row.fitted()).toList();
    double[] predicted = held.stream().mapToDouble(PredictionRow::predicted).toArray();
    double[] measured = held.stream().mapToDouble(PredictionRow::measured).toArray();
    double[] errors =
        held.stream()
            .filter(r -> r.measured() >= LEAST_INCREASE && r.measured() <= MOST_INCREASE)
            .mapToDouble(r -> Math.abs(r.predicted() - r.measured()) / r.measured())
            .toArray();
    long inside =
        held.stream().filter(r -> r.low() <= r.measured() && r.measured() <= r.high()).count();
    return new PredictionCheck(
        held.size(),
        held.size() < 2 ? Double.NaN : new KendallsCorrelation().correlation(predicted, measured),
        errors.length,
        new Median().evaluate(errors),
        (double) inside / held.size());
  }
}
