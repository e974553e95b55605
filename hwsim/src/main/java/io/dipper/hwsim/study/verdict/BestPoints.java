package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.verdict.LossBound.Standing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The best points of a device, by the rule that holds wherever points are ranked: one that is
 * slower than dense under the same conditions is never the best, and one whose quality no live run
 * has measured is named beside the best, not in its place.
 *
 * @param proven the fastest point whose measured loss keeps the bound, dense among them; null where
 *     there is none
 * @param promising the fastest point that is faster still, and whose loss was not measured but may
 *     keep the bound; null where there is none
 */
public record BestPoints(@Nullable PointRow proven, @Nullable PointRow promising) {
  /**
   * The best of some points.
   *
   * @param points all points of one device
   */
  public static BestPoints of(SweptPoints sweep, List<PointRow> points, LossBound bound) {
    List<PointRow> worthwhile =
        points.stream()
            .filter(row -> sweep.isWorthwhile(row) && bound.of(row) != Standing.EXCEEDS)
            .toList();
    Optional<PointRow> proven =
        worthwhile.stream()
            .filter(row -> PointQuality.loss(row).isPresent())
            .reduce(SweptPoints::faster);
    double speed = proven.map(row -> row.time().tokensPerSecond()).orElse(0.0);
    Optional<PointRow> promising =
        worthwhile.stream()
            .filter(row -> PointQuality.loss(row).isEmpty() && row.time().tokensPerSecond() > speed)
            .reduce(SweptPoints::faster);
    return new BestPoints(proven.orElse(null), promising.orElse(null));
  }
}
