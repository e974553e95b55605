package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;

/**
 * How well the simulated speeds of some points agree with the executed ones.
 *
 * @param points how many were executed
 * @param error of the simulated speed, relative to the executed median
 * @param noise of equal executions: the fastest over the slowest, less 1; 0 where every point was
 *     executed once
 * @param kendallTau the rank correlation (τ-b) of simulated and executed speeds; NaN for fewer than
 *     two points
 * @param order of any two points
 * @param pairs of a point with a mask and a dense one of the same device, memory, lengths and bits
 */
public record Agreement(
    int points, Quantiles error, Quantiles noise, double kendallTau, Pairs order, Pairs pairs) {
  /**
   * The middle and the nearly largest of some numbers; NaN of none.
   *
   * @param ninetieth their 90th percentile
   */
  public record Quantiles(double median, double ninetieth) {
    static Quantiles of(double[] values) {
      return new Quantiles(
          new Percentile().evaluate(values, 50), new Percentile().evaluate(values, 90));
    }
  }

  /**
   * Verdicts between two points.
   *
   * @param decided pairs of which even the slowest execution of the one was faster than the fastest
   *     of the other, so that they differ by more than noise
   * @param alike those of them that the simulation puts in the same order
   */
  public record Pairs(int decided, int alike) {}

  /**
   * The agreement over all points of a comparison.
   *
   * @param points as they were swept
   */
  public static Agreement of(List<ExecutedPointRow> rows, SweptPoints points) {
    return of(rows, points, point -> true);
  }

  /** The agreement over the points of each policy, in the order of the sweep. */
  public static Map<String, Agreement> byPolicy(List<ExecutedPointRow> rows, SweptPoints points) {
    Map<String, Agreement> all = new LinkedHashMap<>();
    for (PointRow point : points.rows()) {
      all.computeIfAbsent(
          point.policy(), name -> of(rows, points, other -> other.policy().equals(name)));
    }
    all.values().removeIf(agreement -> agreement.points == 0);
    return all;
  }

  private static Agreement of(
      List<ExecutedPointRow> rows, SweptPoints points, Predicate<PointRow> chosen) {
    Map<String, PointRow> byId =
        points.rows().stream().collect(Collectors.toMap(PointRow::pointId, Function.identity()));
    List<ExecutedPointRow> executed =
        rows.stream().filter(row -> row.executed().ratio() != null).toList();
    List<ExecutedPointRow> own = new ArrayList<>();
    for (ExecutedPointRow row : executed) {
      if (chosen.test(point(byId, row))) {
        own.add(row);
      }
    }
    return new Agreement(
        own.size(),
        Quantiles.of(values(own, row -> Math.abs(Math.expm1(row.logError())))),
        Quantiles.of(values(own, row -> high(row) / low(row) - 1)),
        tau(own),
        decided(own, own, (some, other) -> low(some) > high(other)),
        decided(
            own,
            executed,
            (masked, dense) -> areComparable(point(byId, masked), point(byId, dense), points)));
  }

  private static double tau(List<ExecutedPointRow> rows) {
    return rows.size() < 2
        ? Double.NaN
        : new KendallsCorrelation()
            .correlation(
                values(rows, ExecutedPointRow::simulatedTokensPerSecond),
                values(rows, row -> known(row.executed().executedTokensPerSecond())));
  }

  private static boolean areComparable(PointRow point, PointRow other, SweptPoints points) {
    return point.isMasked() && !other.isMasked() && points.areComparable(point, other);
  }

  /** The verdicts between points of two lists, as far as they are compared. */
  private static Pairs decided(
      List<ExecutedPointRow> own,
      List<ExecutedPointRow> others,
      BiPredicate<ExecutedPointRow, ExecutedPointRow> compared) {
    int decided = 0;
    int alike = 0;
    for (ExecutedPointRow some : own) {
      for (ExecutedPointRow other : others) {
        boolean differ = low(some) > high(other) || high(some) < low(other);
        if (differ && compared.test(some, other)) {
          decided++;
          boolean faster = some.simulatedTokensPerSecond() > other.simulatedTokensPerSecond();
          alike += faster == low(some) > high(other) ? 1 : 0;
        }
      }
    }
    return new Pairs(decided, alike);
  }

  private static PointRow point(Map<String, PointRow> byId, ExecutedPointRow row) {
    return Objects.requireNonNull(byId.get(row.pointId()));
  }

  private static double low(ExecutedPointRow row) {
    return known(row.executed().executedLow());
  }

  private static double high(ExecutedPointRow row) {
    return known(row.executed().executedHigh());
  }

  private static double known(@Nullable Double value) {
    return Objects.requireNonNull(value);
  }

  private static double[] values(
      List<ExecutedPointRow> rows, ToDoubleFunction<ExecutedPointRow> value) {
    return rows.stream().mapToDouble(value).toArray();
  }
}
