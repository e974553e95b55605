package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.VerifiedRow;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.verifier.VerificationResult;
import io.dipper.verifier.scope.VerifiedPoint;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Verified points for a person: what each gives, what it costs, and how far replay was off. */
final class VerifiedTable {
  private VerifiedTable() {}

  static void print(VerificationResult result, SweptPoints sweep, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "perplexity %s of the dense run, protocol %s; loss is above it, ± the standard error over"
            + " blocks%n%n",
        plusMinus(result.dense().value(), result.dense().standardError(), ""),
        result.protocol());
    Table table = table();
    result.points().forEach(point -> add(table, point));
    table.print(out);
    if (!result.budgets().isEmpty()) {
      out.println();
      BudgetTable.print(result, sweep, out);
    }
    out.println();
    VerdictText.print(sweep, out);
  }

  /** An empty table of verified points. */
  static Table table() {
    return new Table(
        "point",
        "device",
        "policy",
        "cache",
        "density",
        "hits x h",
        "live x h",
        "tokens/s",
        "live",
        "gap",
        "perplexity",
        "loss");
  }

  static void add(Table table, VerifiedPoint verified) {
    PointRow point = verified.point();
    VerifiedRow live = verified.row();
    table.row(
        point.pointId(),
        point.hardware(),
        policy(point),
        point.cache(),
        String.format(Locale.ROOT, "%.3f", point.demand().density()),
        pair(live.rates().replayHitRateX(), live.rates().replayHitRateH()),
        pair(live.rates().liveHitRateX(), live.rates().liveHitRateH()),
        digits(live.speeds().replayTokensPerSecond()),
        digits(live.speeds().liveTokensPerSecond()),
        gap(live.speeds().replayTokensPerSecond(), live.speeds().liveTokensPerSecond()),
        String.format(Locale.ROOT, "%.2f", live.perplexities().perplexity()),
        plusMinus(verified.loss().value(), verified.loss().standardError(), "+"));
  }

  static String policy(PointRow point) {
    return PolicyText.of(point.policy(), point.policyParams());
  }

  /** The x site's and the h site's. */
  private static String pair(@Nullable Double x, @Nullable Double h) {
    return rate(x) + " " + rate(h);
  }

  private static String rate(@Nullable Double rate) {
    return rate == null ? "-" : String.format(Locale.ROOT, "%.3f", rate);
  }

  private static String digits(@Nullable Double value) {
    return value == null ? "-" : Show.digits(value);
  }

  /** By how much the replay's throughput exceeds the live run's. */
  private static String gap(@Nullable Double replay, @Nullable Double live) {
    if (replay == null || live == null) {
      return "-";
    }
    double tenths = Math.rint(1000 * (replay / live - 1));
    return String.format(Locale.ROOT, "%+.1f%%", tenths == 0 ? 0.0 : tenths / 10);
  }

  static String plusMinus(double value, double error, String sign) {
    return String.format(Locale.ROOT, "%" + sign + ".2f", value)
        + (Double.isNaN(error) ? "" : String.format(Locale.ROOT, " ± %.2f", error));
  }
}
