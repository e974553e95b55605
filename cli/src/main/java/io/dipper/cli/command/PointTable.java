package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.point.SimulatedPoint;
import io.dipper.hwsim.study.result.PointExperts;
import io.dipper.hwsim.study.result.PointHits;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.verdict.PointQuality;
import io.dipper.hwsim.time.engine.TimeLedger;
import io.dipper.hwsim.time.engine.Utilisation;
import io.dipper.hwsim.time.memory.Contention;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.hwsim.time.rules.AccountingRules;
import io.dipper.proto.CacheStart;
import io.dipper.proto.ModelShape;
import io.dipper.proto.PointConfig;
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
    AssumedNote.print(row, out);
    out.printf(
        "%s, cache %s%n",
        PolicyText.of(row.policy(), row.policyParams()),
        PolicyText.ofCache(row.cache(), row.setup().parameters(PointSettings.CACHE)));
    out.printf(
        "%s on %s, accounting %s, %s of %s tokens%n%n",
        row.identity().model(),
        device(row),
        row.accounting(),
        row.identity().trace(),
        Show.count(row.demand().tokens()));
    summary(point).print(out);
    out.println();
    MemoryTable.of(point).print(out);
    out.println();
    ledger(point.timing().ledger()).print(out);
    Utilisation busy = point.timing().utilisation();
    if (busy != null) {
      out.println();
      utilisation(busy).print(out);
    }
  }

  private static String device(PointRow row) {
    Object backend = row.setup().value(PointSettings.BACKEND);
    return backend == null ? row.hardware() : row.hardware() + " (" + backend + ")";
  }

  private static Table summary(SimulatedPoint point) {
    PointRow row = point.row();
    Table table = new Table("result", "value", "");
    table.row("speed", Show.digits(row.time().tokensPerSecond()) + " tokens/s", "");
    SpeedRange.add(point, table);
    if (point.config().getWindow() > 1) {
      table.row(
          "step",
          point.config().getWindow() + " tokens",
          PointSettings.ACCEPTED.text().apply(point.config())
              + " accepted; what is told of a token is of one that is");
    }
    if (row.time().firstToken().ttftS() != null) {
      table.row("first token", Show.seconds(row.time().firstToken().ttftS()), firstToken(point));
    }
    if (row.time().firstToken().ttftWarmS() != null) {
      table.row("", Show.seconds(row.time().firstToken().ttftWarmS()), warm(row));
    }
    String share = Show.percent(row.demand().density());
    boolean routed = row.demand().experts().lookups() != null;
    if (routed && !row.masksInsideExperts()) {
      table.row("experts used", share, "of a layer's, by a token");
    } else {
      table.row("density", share, "of the MLP weights take part in a token");
    }
    if (routed) {
      experts(row, table);
    } else {
      table.row(
          "hit rate",
          percent(row.demand().hits().hitRate()),
          sites(row.demand().hits().hitRateX(), row.demand().hits().hitRateH()));
    }
    if ("no".equals(row.demand().cachesDiffer())) {
      table.row("", "", "lru, lfu and belady cannot differ here: nothing is left to choose");
    }
    table.row(
        "resident",
        Show.bytes(row.memory().residentBytes()),
        "of DRAM " + MemoryTable.limit(point));
    if (ignoresWindows(point.config())) {
      table.row(
          "",
          "",
          "accounting paper knows no windows of attention: every layer keeps the whole context");
    }
    table.row("touched", Show.bytes(row.demand().traffic().touchedBytesPerToken()), "per token");
    flash(row, table);
    double faulted = Contention.faultedBytes(point.config(), point.plan());
    if (faulted > 0) {
      table.row(
          "faults",
          Show.bytes(faulted),
          "of static weights are read again in every step: dram.taken leaves no room for them");
    }
    MemoryTable.addReads(point, table);
    energy(row, table);
    table.row("bits", "", DefaultBits.describe(point.config().getBits()));
    if (row.time().assumedShare() != null) {
      table.row("assumed", Show.percent(row.time().assumedShare()), "of the device's numbers");
    }
    return table;
  }

  private static boolean ignoresWindows(PointConfig point) {
    ModelShape known = AccountingRules.of(point).model(point.getModel());
    int window = point.getModel().getSlidingWindow();
    return window > 0 && window < point.getBlockLength() && known.getSlidingWindow() == 0;
  }

  /** Look-ups of experts, and what a cache is held against. */
  private static void experts(PointRow row, Table table) {
    PointExperts experts = row.demand().experts();
    PointHits hits = row.demand().hits();
    boolean masked = row.masksInsideExperts();
    table.row(
        "hit rate",
        percent(hits.hitRate()),
        masked ? "of experts and of their columns" : "of the experts of a token and layer");
    if (masked) {
      table.row(
          "columns",
          percent(hits.hitRateH()),
          "hit, of " + count(hits.selectedH()) + " looked up inside experts");
    }
    table.row("look-ups", count(experts.lookups()), "of experts, by decoded tokens");
    table.row("hits", count(experts.hits()), "of them; " + count(experts.misses()) + " misses");
    table.row(
        "prompts", count(experts.prompts().promptLookups()), "look-ups, a prompt in one step");
    Long dropped = experts.leftOut().dropped();
    if (dropped != null && dropped > 0) {
      table.row("dropped", count(dropped), "experts that the router chose");
    }
    PointQuality.lostWeight(row)
        .ifPresent(
            lost ->
                table.row(
                    "weight lost", Show.percent(lost), "of the router's, to fewer or others"));
    guesses(experts.guesses(), experts.misses(), table);
    Double cycle = experts.sizes().oneTokenCycleBytes();
    if (cycle != null) {
      table.row("one token's cycle", Show.bytes(cycle), "the experts of one token");
    }
  }

  /** How often guesses named what was wanted, and what was read for them. */
  private static void guesses(PointExperts.Guesses guesses, @Nullable Long misses, Table table) {
    Long read = guesses.guessed();
    Long right = guesses.guessedRight();
    if (read == null || right == null || misses == null) {
      return;
    }
    table.row("foreseen", percent(guesses.guessRecall()), "of a layer's experts were guessed");
    table.row("guessed right", percent(guesses.guessPrecision()), "of the guessed were wanted");
    table.row(
        "read on a guess",
        Show.count(read),
        "experts, "
            + Show.count(right)
            + " of them wanted: "
            + Show.percent(misses == 0 ? 0 : (double) right / misses)
            + " of the misses");
  }

  private static String count(@Nullable Long value) {
    return value == null ? "-" : Show.count(value);
  }

  /** What was read, beside what of it was wanted. */
  private static void flash(PointRow row, Table table) {
    Double read = row.time().reads().flashBytesReadPerToken();
    Double requests = row.time().reads().flashRequestsPerToken();
    if (read == null || requests == null) {
      table.row("from Flash", Show.bytes(row.demand().traffic().flashBytesPerToken()), "per token");
      return;
    }
    table.row(
        "read from Flash",
        Show.bytes(read),
        "per token, in " + Show.digits(requests) + " requests and commands of streams");
    table.row("wanted of it", Show.bytes(row.demand().traffic().flashBytesPerToken()), "per token");
    Double unmeasured = row.time().reads().flashUnmeasuredShare();
    if (unmeasured != null && unmeasured > 0) {
      table.row(
          "not measured",
          Show.percent(unmeasured),
          "of the bytes read: such reads are outside the table of "
              + row.hardware()
              + ", their time is a bound");
    }
  }

  private static void energy(PointRow row, Table table) {
    String covers =
        row.time().energy().energyCovers() == null ? "" : row.time().energy().energyCovers();
    Double joule = row.time().energy().energyJPerToken();
    String value = joule == null ? "-" : Show.digits(1000 * joule) + " mJ";
    table.row("energy", value, joule == null ? covers : "per token, of " + covers);
  }

  private static String firstToken(SimulatedPoint point) {
    if (point.row().demand().experts().lookups() != null) {
      return "after the trace's first prompt, in one pass";
    }
    if (point.row().time().firstToken().ttftWarmS() == null) {
      return "static weights and the prompt's KV cache alone";
    }
    return point.config().getCacheStart() == CacheStart.CARRIED
        ? "with the caches that the sequence before left"
        : "with every MLP weight under a mask from Flash (cold)";
  }

  /** Cold is one stream of everything; what full caches lack is read unit by unit. */
  private static String warm(PointRow row) {
    Double cold = row.time().firstToken().ttftS();
    Double warm = row.time().firstToken().ttftWarmS();
    return "with full caches (warm)"
        + (cold != null && warm != null && warm > cold
            ? ": the requests for what they lack take longer than one stream of everything"
            : "");
  }

  private static Table ledger(TimeLedger spent) {
    double total = spent.total();
    Table table = new Table("time of a token", "mean", "share");
    part(table, "waiting for Flash", spent.flash(), total);
    part(table, "reading DRAM", spent.dram(), total);
    part(table, "computing", spent.compute(), total);
    part(table, "selecting units", spent.host().select(), total);
    part(table, "gathering them", spent.host().gather(), total);
    part(table, "admitting experts", spent.host().admit(), total);
    part(table, "launches, sync", spent.host().launch(), total);
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

  private static String sites(@Nullable Double x, @Nullable Double h) {
    return "x " + percent(x) + ", h " + percent(h);
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "-" : Show.percent(share);
  }
}
