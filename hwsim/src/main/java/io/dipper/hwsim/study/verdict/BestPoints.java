package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The best points of a device, by the rule that holds wherever points are ranked: one that is
 * slower than dense under the same conditions is never the best, and one whose quality no live run
 * has measured is named beside the best, not in its place.
 *
 * @param proven the fastest point whose measured loss keeps the limit, dense among them; null where
 *     there is none
 * @param promising the fastest point that is faster still, and whose loss was not measured but may
 *     keep the limit; null where there is none
 */
public record BestPoints(@Nullable PointRow proven, @Nullable PointRow promising) {
  /**
   * The best of some points.
   *
   * @param points all points of one device
   * @param mostLoss of perplexity that is allowed; infinite for any
   */
  public static BestPoints of(SweptPoints sweep, List<PointRow> points, double mostLoss) {
    List<PointRow> worthwhile = points.stream().filter(sweep::isWorthwhile).toList();
    Optional<PointRow> proven =
        worthwhile.stream()
            .filter(row -> PointQuality.loss(row).orElse(Double.NaN) <= mostLoss)
            .reduce(SweptPoints::faster);
    double speed = proven.map(row -> row.time().tokensPerSecond()).orElse(0.0);
    Optional<PointRow> promising =
        worthwhile.stream()
            .filter(row -> PointQuality.loss(row).isEmpty() && row.time().tokensPerSecond() > speed)
            .filter(row -> PointQuality.predictedLoss(row).orElse(mostLoss) <= mostLoss)
            .reduce(SweptPoints::faster);
    return new BestPoints(proven.orElse(null), promising.orElse(null));
  }
}
