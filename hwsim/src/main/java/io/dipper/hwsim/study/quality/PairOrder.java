package io.dipper.hwsim.study.quality;

import io.dipper.hwsim.study.result.PredictionRow;
import java.util.List;

/**
 * Whether predictions put points in the right order, asked only where live runs can tell: a rank
 * correlation also counts pairs whose order in another run would be another.
 *
 * @param pairs of points that the model was not fitted on and whose measured increases differ by
 *     more than two standard errors of their difference, taken as if the runs were independent
 * @param right how many of them the predictions order as the measurements do
 */
public record PairOrder(int pairs, int right) {
  private static final double LEAST_ERRORS = 2;

  /** The order of some rows. */
  public static PairOrder of(List<PredictionRow> rows) {
    List<PredictionRow> held = rows.stream().filter(row -> !row.fitted()).toList();
    int pairs = 0;
    int right = 0;
    for (int i = 0; i < held.size(); i++) {
      for (PredictionRow other : held.subList(0, i)) {
        double measured = held.get(i).measured() - other.measured();
        if (Math.abs(measured) > LEAST_ERRORS * error(held.get(i), other)) {
          pairs++;
          right += measured * (held.get(i).predicted() - other.predicted()) > 0 ? 1 : 0;
        }
      }
    }
    return new PairOrder(pairs, right);
  }

  /** Infinite where one of them has none. */
  private static double error(PredictionRow one, PredictionRow other) {
    Double a = one.standardError();
    Double b = other.standardError();
    return a == null || b == null ? Double.POSITIVE_INFINITY : Math.hypot(a, b);
  }
}
