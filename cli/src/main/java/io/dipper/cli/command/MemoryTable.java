package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import java.util.Map;

/** Who takes how much of a point's memory, and what a token reads of each tier. */
final class MemoryTable {
  private MemoryTable() {}

  /** The parts, where the device has VRAM with what of each lies there. */
  static Table of(SimulatedPoint point) {
    MemoryLedger ledger = point.plan().ledger();
    boolean tiers = hasVram(point);
    Table table =
        tiers
            ? new Table("memory", "size", "share", "in VRAM")
            : new Table("memory", "size", "share");
    for (Map.Entry<MemoryPart, Double> part : ledger.parts().entrySet()) {
      double above = ledger.inVram().getOrDefault(part.getKey(), 0.0);
      row(table, part.getKey().title(), part.getValue(), ledger.budgetBytes(), tiers, above);
    }
    double free = Math.max(0, ledger.budgetBytes() - ledger.peakBytes());
    double above = Math.max(0, vramCapacity(point) - ledger.vramBytes());
    row(table, "free", free, ledger.budgetBytes(), tiers, Math.min(free, above));
    return table;
  }

  private static void row(
      Table table, String name, double bytes, double budget, boolean tiers, double above) {
    String size = Show.bytes(bytes);
    String share = Show.percent(bytes / budget);
    if (tiers) {
      table.row(name, size, share, Show.bytes(above));
    } else {
      table.row(name, size, share);
    }
  }

  /** Adds what a token reads from memory, tier by tier. */
  static void addReads(SimulatedPoint point, Table table) {
    double all = point.row().demand().traffic().dramBytesPerToken();
    if (!hasVram(point)) {
      table.row("from DRAM", Show.bytes(all), "per token");
      return;
    }
    double vram = point.vramBytesPerToken();
    boolean link = point.config().getHardware().getVram().hasLink();
    table.row("from VRAM", Show.bytes(vram), "per token");
    table.row("from DRAM", Show.bytes(all - vram), link ? "per token, over the link" : "per token");
  }

  /** The limit, of what it is a share, and what is beside it. */
  static String limit(SimulatedPoint point) {
    String bytes = Show.bytes(point.row().memory().dramBytes());
    String beside = hasVram(point) ? " beside " + Show.bytes(vramCapacity(point)) + " of VRAM" : "";
    return point.config().getCapacity().hasDramFraction()
        ? bytes
            + beside
            + ", "
            + Capacities.describe(point.config())
            + " ("
            + Show.bytes(point.plan().totalBytes())
            + ")"
        : bytes + beside;
  }

  private static boolean hasVram(SimulatedPoint point) {
    return point.config().getHardware().hasVram();
  }

  private static double vramCapacity(SimulatedPoint point) {
    return point.config().getHardware().getVram().getCapacity().getValue();
  }
}
