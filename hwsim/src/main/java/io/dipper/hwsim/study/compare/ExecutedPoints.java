package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ExecutedPointRow.Executions;
import io.dipper.hwsim.study.result.ExecutionRow;
import io.dipper.hwsim.study.result.ExecutionRow.Conditions;
import io.dipper.hwsim.study.result.ExecutionRow.Reads;
import io.dipper.hwsim.study.result.ExecutionRow.Spent;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.PointTime.ByActivity;
import io.dipper.hwsim.time.engine.TimeLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.jspecify.annotations.Nullable;

/** Sums executions up in the rows of their points. */
final class ExecutedPoints {
  private ExecutedPoints() {}

  /**
   * The row of one execution.
   *
   * @param diskPace how fast the disk was just before, bytes per second
   */
  static ExecutionRow execution(
      String id, int round, Conditions conditions, double diskPace, PointComparison compared) {
    TimeLedger ledger = compared.executed().ledger();
    double products = ledger.dram() + ledger.compute();
    ReadCounts counts = compared.executed().counts();
    String differing = counts.differing(compared.counts());
    return new ExecutionRow(
        id,
        round,
        conditions,
        compared.executed().tokensPerSecond(),
        new Spent(ledger.flash(), products, ledger.total() - ledger.flash() - products),
        new Reads(counts.hits(), counts.misses(), counts.requests(), counts.bytes(), diskPace),
        differing.isEmpty() ? null : differing);
  }

  /**
   * The rows of all points, in their order.
   *
   * @param refused why points were not executed, by id
   */
  static List<ExecutedPointRow> rows(
      List<PointRow> points, List<ExecutionRow> executions, Map<String, String> refused) {
    Map<String, List<ExecutionRow>> byPoint =
        executions.stream().collect(Collectors.groupingBy(ExecutionRow::pointId));
    List<ExecutedPointRow> rows = new ArrayList<>();
    for (PointRow point : points) {
      List<ExecutionRow> own = byPoint.getOrDefault(point.pointId(), List.of());
      rows.add(
          new ExecutedPointRow(
              point.pointId(),
              point.setup(),
              point.time().tokensPerSecond(),
              speeds(own, point.time().tokensPerSecond()),
              spent(point.time().byActivity(), own),
              own.isEmpty() ? refused.get(point.pointId()) : unequal(own)));
    }
    return rows;
  }

  private static Executions speeds(List<ExecutionRow> own, double simulated) {
    if (own.isEmpty()) {
      return Executions.NONE;
    }
    double[] speeds = own.stream().mapToDouble(ExecutionRow::tokensPerSecond).sorted().toArray();
    double median = new Median().evaluate(speeds);
    return new Executions(
        speeds.length, median, speeds[0], speeds[speeds.length - 1], median / simulated);
  }

  private static ExecutedPointRow.Spent spent(ByActivity simulated, List<ExecutionRow> own) {
    if (own.isEmpty()) {
      return ExecutedPointRow.Spent.NONE;
    }
    return new ExecutedPointRow.Spent(
        simulated.timeFlashS(),
        median(own, row -> row.spent().flashS()),
        orZero(simulated.timeDramS()) + orZero(simulated.timeComputeS()),
        median(own, row -> row.spent().productsS()),
        orZero(simulated.timeSelectS())
            + orZero(simulated.timeAdmitS())
            + orZero(simulated.timeOtherS()),
        median(own, row -> row.spent().restS()));
  }

  private static double median(List<ExecutionRow> own, ToDoubleFunction<ExecutionRow> value) {
    return new Median().evaluate(own.stream().mapToDouble(value).toArray());
  }

  private static double orZero(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  /** Which counts were not the simulated ones; null for none. */
  private static @Nullable String unequal(List<ExecutionRow> own) {
    return own.stream()
        .map(ExecutionRow::differing)
        .filter(Objects::nonNull)
        .findFirst()
        .map(names -> "unequal " + names)
        .orElse(null);
  }
}
