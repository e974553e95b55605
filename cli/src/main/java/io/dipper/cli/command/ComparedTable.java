package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.execute.ReadCounts;
import io.dipper.hwsim.study.compare.PointComparison;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.trace.Recording;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/** A point's simulated time and reads beside the executed ones. */
final class ComparedTable {
  private ComparedTable() {}

  static void print(PointComparison point, Recording recording, PrintWriter out) {
    TimeLedger simulated = point.timing().ledger();
    TimeLedger executed = point.executed().ledger();
    Table table = new Table("time of a token", "simulated", "executed", "ratio");
    for (Activity activity : Activity.values()) {
      if (activity == Activity.COMPUTE) {
        row(
            table,
            "dram and compute",
            simulated.dram() + simulated.compute(),
            executed.dram() + executed.compute());
      } else if (activity != Activity.DRAM && simulated.of(activity) + executed.of(activity) > 0) {
        row(
            table,
            activity.name().toLowerCase(Locale.ROOT),
            simulated.of(activity),
            executed.of(activity));
      }
    }
    row(table, "all", simulated.total(), executed.total());
    double before = point.timing().tokensPerSecond();
    double after = point.executed().tokensPerSecond();
    table.row("tokens/s", Show.digits(before), Show.digits(after), Show.digits(after / before));
    table.print(out);
    out.println();
    counts(point, Arrays.stream(recording.sequenceLengths()).sum(), out);
  }

  private static void row(Table table, String what, double simulated, double executed) {
    table.row(
        what,
        Show.seconds(simulated),
        Show.seconds(executed),
        simulated == 0 ? "-" : Show.digits(executed / simulated));
  }

  private static void counts(PointComparison point, int tokens, PrintWriter out) {
    ReadCounts simulated = point.counts();
    ReadCounts executed = point.executed().counts();
    Table table = new Table("over " + Show.count(tokens) + " tokens", "simulated", "executed");
    table.row("hits", Show.count(simulated.hits()), Show.count(executed.hits()));
    table.row("misses", Show.count(simulated.misses()), Show.count(executed.misses()));
    table.row("requests", Show.count(simulated.requests()), Show.count(executed.requests()));
    table.row("bytes read", Show.bytes(simulated.bytes()), Show.bytes(executed.bytes()));
    table.print(out);
  }
}
