package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.result.TaskRow;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accuracies on multiple-choice items for a person, in per cent: a line for each mask. */
final class TaskTable {
  private TaskTable() {}

  static void print(List<TaskRow> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      return;
    }
    TaskRow any = rows.get(0);
    out.printf(
        Locale.ROOT,
        "%d items of %s, prompts %s; %% right by log-likelihood, and by that per character; ± the"
            + " standard error over items, changes against dense paired item by item%n%n",
        any.asked().items(),
        any.asked().task(),
        any.asked().prompt());
    Table table =
        new Table("policy", "right", "change", "gained lost", "by length", "change", "gained lost");
    table.row(
        "(the model)",
        percent(any.raw().accuracyDense(), null, ""),
        "-",
        "-",
        percent(any.byLength().accuracyByLengthDense(), null, ""),
        "-",
        "-");
    Map<List<Object>, TaskRow> masks = new LinkedHashMap<>();
    rows.forEach(row -> masks.putIfAbsent(List.of(policy(row), row.raw(), row.byLength()), row));
    masks.values().forEach(row -> add(table, row));
    table.print(out);
  }

  private static void add(Table table, TaskRow row) {
    TaskRow.Raw raw = row.raw();
    TaskRow.ByLength byLength = row.byLength();
    table.row(
        policy(row),
        percent(raw.accuracy(), raw.accuracyError(), ""),
        percent(raw.accuracyChange(), raw.accuracyChangeError(), "+"),
        raw.gained() + " " + raw.lost(),
        percent(byLength.accuracyByLength(), byLength.accuracyByLengthError(), ""),
        percent(byLength.accuracyByLengthChange(), byLength.accuracyByLengthChangeError(), "+"),
        byLength.gainedByLength() + " " + byLength.lostByLength());
  }

  private static String policy(TaskRow row) {
    return PolicyText.of(row.name().policy(), row.name().policyParams());
  }

  private static String percent(double share, @Nullable Double error, String sign) {
    return VerifiedTable.plusMinus(100 * share, error == null ? Double.NaN : 100 * error, sign);
  }
}
