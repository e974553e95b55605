package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
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

  static void print(VerificationResult result, ResultDirectory results, PrintWriter out) {
    SweptPoints sweep = SweptPoints.of(results);
    out.printf(
        Locale.ROOT,
        "perplexity %s of the dense run, protocol %s; loss is above it, ± the standard error over"
            + " blocks%n%n",
        plusMinus(result.dense().value(), result.dense().standardError(), ""),
        result.protocol());
    Table table = table(result.points().stream().anyMatch(VerifiedTable::hasExperts));
    result.points().forEach(point -> add(table, point));
    table.print(out);
    if (!result.budgets().isEmpty()) {
      out.println();
      BudgetTable.print(result, sweep, out);
    }
    out.println();
    VerdictText.print(sweep, results.verdicts(), out);
  }

  /**
   * An empty table of verified points.
   *
   * @param experts whether they are of a model with experts
   */
  static Table table(boolean experts) {
    return new Table(
        "point",
        "device",
        "policy",
        "cache",
        "density",
        experts ? "hits" : "hits x h",
        experts ? "live same" : "live x h",
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
        hasExperts(verified)
            ? rate(share(live.experts().replayHits(), live.experts().replayLookups()))
            : pair(live.rates().replayHitRateX(), live.rates().replayHitRateH()),
        hasExperts(verified)
            ? pair(
                share(live.experts().liveHits(), live.experts().liveLookups()),
                live.experts().jaccardExperts())
            : pair(live.rates().liveHitRateX(), live.rates().liveHitRateH()),
        digits(live.speeds().replayTokensPerSecond()),
        digits(live.speeds().liveTokensPerSecond()),
        gap(live.speeds().replayTokensPerSecond(), live.speeds().liveTokensPerSecond()),
        String.format(Locale.ROOT, "%.2f", live.perplexities().perplexity()),
        plusMinus(verified.loss().value(), verified.loss().standardError(), "+"));
  }

  private static boolean hasExperts(VerifiedPoint point) {
    return point.row().experts().liveLookups() != null;
  }

  private static @Nullable Double share(@Nullable Long part, @Nullable Long all) {
    return part == null || all == null || all == 0 ? null : Double.valueOf((double) part / all);
  }

  static String policy(PointRow point) {
    return PolicyText.of(point.policy(), point.policyParams());
  }

  /** The x site's and the h site's; or how often experts hit, and how alike they are. */
  private static String pair(@Nullable Double first, @Nullable Double second) {
    return rate(first) + " " + rate(second);
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
