package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.compare.ComparedRow;
import java.io.PrintWriter;
import java.util.List;

/** A point's simulated time and reads beside the executed ones. */
final class ComparedTable {
  private ComparedTable() {}

  static void print(List<ComparedRow> rows, PrintWriter out) {
    Table table = new Table("mean of a token", "simulated", "executed", "ratio");
    rows.stream().filter(ComparedTable::isShown).forEach(row -> add(table, row));
    table.print(out);
  }

  private static boolean isShown(ComparedRow row) {
    return row.simulated() > 0 || row.executed() > 0;
  }

  private static void add(Table table, ComparedRow row) {
    table.row(
        name(row),
        text(row, row.simulated()),
        text(row, row.executed()),
        Double.isNaN(row.ratio()) ? "-" : Show.digits(row.ratio()));
  }

  private static String name(ComparedRow row) {
    return switch (row.quantity()) {
      case "tokens_per_second" -> "tokens/s";
      case "token_s" -> "all";
      case "hits", "misses", "requests" -> row.quantity() + " of all tokens";
      case "bytes_read" -> "bytes read of all tokens";
      default -> row.quantity().replaceFirst("_s$", "").replace('_', ' ');
    };
  }

  private static String text(ComparedRow row, double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return switch (row.quantity()) {
      case "tokens_per_second", "perplexity" -> Show.digits(value);
      case "hits", "misses", "requests" -> Show.count((long) value);
      case "bytes_read" -> Show.bytes(value);
      default -> Show.seconds(value);
    };
  }
}
