package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.engine.Utilisation;
import io.dipper.hwsim.time.memory.MemoryLedger;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * One point for a person: what it is, what came out, where the time of a token goes, and how busy
 * the device is.
 */
final class PointTable {
  private PointTable() {}

  static void print(SimulatedPoint point, PrintWriter out) {
    PointRow row = point.row();
    out.printf(
        "%s, cache %s%n",
        PolicyText.of(row.policy(), row.policyParams()),
        PolicyText.ofCache(row.cache(), row.cacheParams()));
    out.printf(
        "%s on %s, accounting %s, %s of %s tokens%n%n",
        row.model(), row.hardware(), row.accounting(), row.trace(), Show.count(row.tokens()));
    summary(row).print(out);
    out.println();
    memory(point.plan().ledger()).print(out);
    out.println();
    ledger(point.timing().ledger()).print(out);
    Utilisation busy = point.timing().utilisation();
    if (busy != null) {
      out.println();
      utilisation(busy).print(out);
    }
  }

  private static Table memory(MemoryLedger ledger) {
    double budget = ledger.budgetBytes();
    Table table = new Table("memory", "size", "share");
    ledger
        .parts()
        .forEach(
            (part, bytes) ->
                table.row(part.title(), Show.bytes(bytes), Show.percent(bytes / budget)));
    double free = Math.max(0, budget - ledger.peakBytes());
    table.row("free", Show.bytes(free), Show.percent(free / budget));
    return table;
  }

  private static Table summary(PointRow row) {
    Table table = new Table("result", "value", "");
    table.row("speed", Show.digits(row.tokensPerSecond()) + " tokens/s", firstToken(row));
    table.row("density", Show.percent(row.density()), "of the MLP weights take part in a token");
    table.row("hit rate", percent(row.hitRate()), sites(row.hitRateX(), row.hitRateH()));
    table.row(
        "resident", Show.bytes(row.residentBytes()), "of DRAM " + Show.bytes(row.dramBytes()));
    table.row("touched", Show.bytes(row.touchedBytesPerToken()), "per token");
    table.row("from Flash", Show.bytes(row.flashBytesPerToken()), requests(row));
    table.row("from DRAM", Show.bytes(row.dramBytesPerToken()), "per token");
    if (row.energyJPerToken() != null) {
      table.row("energy", Show.digits(1000 * row.energyJPerToken()) + " mJ", "per token");
    }
    if (row.assumedShare() != null) {
      table.row("assumed", Show.percent(row.assumedShare()), "of the device's numbers");
    }
    return table;
  }

  private static Table ledger(TimeLedger spent) {
    double total = spent.total();
    Table table = new Table("time of a token", "mean", "share");
    part(table, "waiting for Flash", spent.flash(), total);
    part(table, "reading DRAM", spent.dram(), total);
    part(table, "computing", spent.compute(), total);
    part(table, "selecting units", spent.select(), total);
    part(table, "gathering them", spent.gather(), total);
    part(table, "launches, sync", spent.launch(), total);
    part(table, "idle", spent.idle(), total);
    return table;
  }

  private static void part(Table table, String name, double seconds, double total) {
    table.row(name, Show.seconds(seconds), total == 0 ? "-" : Show.percent(seconds / total));
  }

  private static Table utilisation(Utilisation busy) {
    Table table = new Table("component", "busy", "");
    table.row("Flash", Show.percent(busy.flash()), "a read is under way, awaited or ahead");
    table.row("DRAM port", Show.percent(busy.port()), "of its bandwidth");
    table.row("processor", Show.percent(busy.processor()), "arithmetic and fixed costs");
    return table;
  }

  private static String firstToken(PointRow row) {
    return row.ttftS() == null ? "" : "first token after " + Show.seconds(row.ttftS());
  }

  private static String requests(PointRow row) {
    return row.flashRequestsPerToken() == null
        ? "per token"
        : "per token, in " + Show.digits(row.flashRequestsPerToken()) + " requests";
  }

  private static String sites(@Nullable Double x, @Nullable Double h) {
    return "x " + percent(x) + ", h " + percent(h);
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : Show.percent(share);
  }
}
