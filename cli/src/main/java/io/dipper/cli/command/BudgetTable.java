package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.verifier.VerificationResult;
import io.dipper.verifier.budget.BudgetAnswer;
import io.dipper.verifier.scope.VerifiedPoint;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a budget search found, device by device. A speed stands beside how often it is that of the
 * fastest dense point with the same memory.
 */
final class BudgetTable {
  private static final String NONE = "-";

  private BudgetTable() {}

  static void print(VerificationResult result, SweptPoints sweep, PrintWriter out) {
    Set<String> devices =
        result.budgets().stream()
            .map(BudgetAnswer::device)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String device : devices) {
      List<BudgetAnswer> answers =
          result.budgets().stream().filter(a -> a.device().equals(device)).toList();
      print(device, answers, result, sweep, out);
    }
    boolean confirmed = result.budgets().stream().allMatch(BudgetAnswer::confirmed);
    out.printf(
        "%d live runs; %s%n",
        result.liveRuns(),
        confirmed
            ? "no other point promises to be better by a per cent"
            : "others may be better still: allow more with --runs");
  }

  private static void print(
      String device,
      List<BudgetAnswer> answers,
      VerificationResult result,
      SweptPoints sweep,
      PrintWriter out) {
    out.println(device);
    Table table =
        new Table(
            "budget", "", "point", "policy", "cache", "memory", "tokens/s", "perplexity", "loss");
    PointRow dense = answers.get(0).denseStream();
    if (dense != null) {
      table.row(
          NONE,
          "dense stream",
          dense.pointId(),
          VerifiedTable.policy(dense),
          dense.cache(),
          Show.bytes(dense.memory().residentBytes()),
          Show.digits(dense.time().tokensPerSecond()),
          String.format(Locale.ROOT, "%.2f", result.dense().value()),
          NONE);
    }
    for (BudgetAnswer answer : answers) {
      add(table, answer, "fastest", answer.fastest(), sweep);
      add(table, answer, "smallest", answer.smallest(), sweep);
    }
    table.print(out);
    out.println();
  }

  private static void add(
      Table table,
      BudgetAnswer answer,
      String what,
      @Nullable VerifiedPoint found,
      SweptPoints sweep) {
    String budget = "+" + answer.budget();
    if (found == null) {
      table.row(budget, what, "no point keeps it", NONE, NONE, NONE, NONE, NONE, NONE);
      return;
    }
    PointRow point = found.point();
    table.row(
        budget,
        what,
        point.pointId(),
        VerifiedTable.policy(point),
        point.cache(),
        Show.bytes(point.memory().residentBytes()),
        Show.digits(point.time().tokensPerSecond()) + overDense(sweep.speedup(point)),
        String.format(Locale.ROOT, "%.2f", found.perplexity().value()),
        VerifiedTable.plusMinus(found.loss().value(), found.loss().standardError(), "+"));
  }

  private static String overDense(OptionalDouble speedup) {
    return speedup.isEmpty() ? "" : String.format(Locale.ROOT, " (%.2fx)", speedup.getAsDouble());
  }
}
