package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.machine.MeasureRequest;
import io.dipper.hwsim.machine.Measured;
import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.machine.Spread;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** What was measured of a machine, as tables. */
final class MeasuredTable {
  private MeasuredTable() {}

  static void print(Map<Measured, Spread> values, MeasureRequest request, PrintWriter out) {
    out.println("Random reads, MB/s (spread of " + request.repeats() + " in per cent):");
    String[] heading = new String[request.lanes().size() + 1];
    heading[0] = "size";
    for (int i = 1; i < heading.length; i++) {
      heading[i] = lanes(request.lanes().get(i - 1));
    }
    Table table = new Table(heading);
    for (int size : request.sizes()) {
      Object[] row = new Object[heading.length];
      row[0] = Units.print(size, Dimension.BYTES);
      for (int i = 1; i < row.length; i++) {
        row[i] = cell(values, size, request.lanes().get(i - 1));
      }
      table.row(row);
    }
    table.print(out);
    out.println();
    Table others = new Table("measured", "median", "from", "to");
    values.forEach(
        (what, spread) -> {
          if (what.kind() != Kind.RANDOM_READS) {
            others.row(
                what.text(),
                Units.print(spread.median(), what.kind().dimension()),
                Units.print(spread.low(), what.kind().dimension()),
                Units.print(spread.high(), what.kind().dimension()));
          }
        });
    others.print(out);
    if (values.keySet().stream().noneMatch(what -> what.kind() == Kind.FAULT)) {
      out.println(
          "Page faults were not measured: it cannot be seen here that a fault reads its page alone.");
    }
  }

  private static String lanes(int lanes) {
    return lanes == 1 ? "1 lane" : lanes + " lanes";
  }

  private static String cell(Map<Measured, Spread> values, int size, int lanes) {
    return values.entrySet().stream()
        .filter(e -> e.getKey().equals(new Measured(Kind.RANDOM_READS, size, lanes)))
        .map(Map.Entry::getValue)
        .map(
            spread ->
                String.format(
                    Locale.ROOT, "%.1f (%.0f)", spread.median() / 1e6, 100 * spread.relative()))
        .findFirst()
        .orElse("");
  }
}
