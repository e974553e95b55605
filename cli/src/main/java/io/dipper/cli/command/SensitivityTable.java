package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.study.result.SensitivityRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the speed of a point changes with each number of its device, for a person. */
final class SensitivityTable {
  private SensitivityTable() {}

  /**
   * @param rows of one point, the largest effect first
   */
  static void print(List<SensitivityRow> rows, PrintWriter out) {
    if (rows.isEmpty()) {
      out.println("No number of the device has an effect on the speed.");
      return;
    }
    SensitivityRow any = rows.get(0);
    out.printf(
        "%s, cache %s%n%s on the first %s tokens: %s tokens/s; with one number lower or higher:%n%n",
        PolicyText.of(any.point().policy(), any.point().policyParams()),
        any.point().cache(),
        any.point().hardware(),
        Show.count(any.change().tokens()),
        Show.digits(any.change().tokensPerSecond()));
    Table table = new Table("number", "value", "lower", "speed", "higher", "speed", "from");
    for (SensitivityRow row : rows) {
      table.row(
          row.number().number(),
          value(row, row.number().value(), "a row"),
          value(row, row.change().valueLow(), "-10%"),
          change(row.change().tokensPerSecondLow(), row.change().tokensPerSecond()),
          value(row, row.change().valueHigh(), "+10%"),
          change(row.change().tokensPerSecondHigh(), row.change().tokensPerSecond()),
          row.number().provenance());
    }
    table.print(out);
  }

  private static String change(@Nullable Double speed, double base) {
    return speed == null ? "-" : String.format(Locale.ROOT, "%+.2f%%", 100 * (speed / base - 1));
  }

  /** A value with its unit; of a row of a table what is said of it, and of no value nothing. */
  private static String value(SensitivityRow row, @Nullable Double value, String ofATable) {
    if (value == null) {
      return row.number().value() == null ? ofATable : "-";
    }
    return Units.print(value, Dimension.ofBase(row.number().unit()));
  }
}
