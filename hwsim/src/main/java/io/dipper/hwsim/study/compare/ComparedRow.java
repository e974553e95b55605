package io.dipper.hwsim.study.compare;

import io.dipper.hwsim.execute.read.ReadCounts;
import io.dipper.hwsim.time.engine.Activity;
import io.dipper.hwsim.time.engine.TimeLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A quantity of a point. The components, in this order and in snake case, are the columns of {@code
 * execute --format csv}.
 *
 * @param quantity its name, with its unit where it has one
 * @param simulated its value on the simulated device
 * @param executed its value on the machine at hand
 */
public record ComparedRow(String quantity, double simulated, double executed) {
  /**
   * What the products read from memory, and their arithmetic: executed, they cannot be told apart.
   */
  public static final String PRODUCTS = "dram_and_compute_s";

  /**
   * All quantities of a point: speed, the mean time of a token by activity, reads of all tokens.
   */
  public static List<ComparedRow> of(PointComparison point) {
    List<ComparedRow> rows = new ArrayList<>();
    TimeLedger simulated = point.timing().ledger();
    TimeLedger executed = point.executed().ledger();
    rows.add(
        new ComparedRow(
            "tokens_per_second",
            point.timing().tokensPerSecond(),
            point.executed().tokensPerSecond()));
    for (Activity activity : Activity.values()) {
      switch (activity) {
        case DRAM -> {
          // Part of the products.
        }
        case COMPUTE ->
            rows.add(
                new ComparedRow(
                    PRODUCTS,
                    simulated.dram() + simulated.compute(),
                    executed.dram() + executed.compute()));
        default ->
            rows.add(
                new ComparedRow(
                    activity.name().toLowerCase(Locale.ROOT) + "_s",
                    simulated.of(activity),
                    executed.of(activity)));
      }
    }
    rows.add(new ComparedRow("token_s", simulated.total(), executed.total()));
    addCounts(rows, point.counts(), point.executed().counts());
    return rows;
  }

  private static void addCounts(List<ComparedRow> rows, ReadCounts simulated, ReadCounts executed) {
    rows.add(new ComparedRow("hits", simulated.hits(), executed.hits()));
    rows.add(new ComparedRow("misses", simulated.misses(), executed.misses()));
    rows.add(new ComparedRow("requests", simulated.requests(), executed.requests()));
    rows.add(new ComparedRow("bytes_read", simulated.bytes(), executed.bytes()));
  }

  /** How well a live run predicted its tokens, which no simulation tells. */
  public static ComparedRow perplexity(double executed) {
    return new ComparedRow("perplexity", Double.NaN, executed);
  }

  /** Executed over simulated; NaN where the simulation has nothing. */
  public double ratio() {
    return simulated == 0 ? Double.NaN : executed / simulated;
  }
}
