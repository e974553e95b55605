package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.machine.Spread;
import io.dipper.hwsim.study.compare.Agreement;
import io.dipper.hwsim.study.compare.Agreement.Quantiles;
import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.ExecutionRow;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** How far simulated speeds are from executed ones, over a grid and by policy. */
final class ComparisonTable {
  private ComparisonTable() {}

  static void print(
      List<ExecutedPointRow> rows,
      SweptPoints points,
      List<ExecutionRow> executions,
      int rounds,
      PrintWriter out) {
    Agreement all = Agreement.of(rows, points);
    printPoints(rows, all, out);
    out.println("error of the simulated speed: " + text(all.error()));
    out.println(
        "noise of equal executions: "
            + (rounds > 1 ? text(all.noise()) : "not known of one round; give --rounds 3"));
    printDisk(executions, out);
    if (all.points() > 1) {
      out.printf(
          Locale.ROOT,
          "Kendall's tau: %.3f; of two points that differ by more than noise %s of %s pairs are"
              + " decided alike%n",
          all.kendallTau(),
          Show.count(all.order().alike()),
          Show.count(all.order().decided()));
    }
    out.printf(
        "masked or dense: %s of %s pairs that differ by more than noise are decided alike%n%n",
        Show.count(all.pairs().alike()), Show.count(all.pairs().decided()));
    Table table = new Table("policy", "points", "error", "nine in ten", "noise", "alike", "of");
    Agreement.byPolicy(rows, points)
        .forEach(
            (policy, own) ->
                table.row(
                    policy,
                    own.points(),
                    Show.percent(own.error().median()),
                    Show.percent(own.error().ninetieth()),
                    rounds > 1 ? Show.percent(own.noise().median()) : "-",
                    own.pairs().alike(),
                    own.pairs().decided()));
    table.print(out);
  }

  /** How fast the disk was before each execution. */
  private static void printDisk(List<ExecutionRow> executions, PrintWriter out) {
    double[] paces =
        executions.stream()
            .map(row -> row.reads().diskBytesPerS())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (paces.length > 0) {
      Spread pace = Spread.of(paces).rounded();
      out.printf(
          "disk before executions, a stream that is used: median %s, from %s to %s%n",
          Units.print(pace.median(), Dimension.BANDWIDTH),
          Units.print(pace.low(), Dimension.BANDWIDTH),
          Units.print(pace.high(), Dimension.BANDWIDTH));
    }
  }

  private static void printPoints(List<ExecutedPointRow> rows, Agreement all, PrintWriter out) {
    out.printf("%s of %s points executed%n", Show.count(all.points()), Show.count(rows.size()));
    rows.stream()
        .filter(row -> row.executed().ratio() == null)
        .map(row -> Objects.requireNonNullElse(row.note(), "not executed"))
        .distinct()
        .forEach(note -> out.println("  left out: " + note));
    long unequal =
        rows.stream().filter(row -> row.executed().ratio() != null && row.note() != null).count();
    if (unequal > 0) {
      out.printf(
          "%s of them with counts other than the simulated ones (compare.csv, note)%n",
          Show.count(unequal));
    }
  }

  private static String text(Quantiles of) {
    return "median "
        + Show.percent(of.median())
        + ", nine in ten within "
        + Show.percent(of.ninetieth());
  }
}
