package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * A point simulated and executed; a line of {@code compare.csv}.
 *
 * @param setup what it was simulated with
 * @param executed null where it was not executed
 * @param note which counts are not the simulated ones, or why it was not executed; null for neither
 */
public record ExecutedPointRow(
    String pointId,
    PointSetup setup,
    double simulatedTokensPerSecond,
    Executions executed,
    Spent spent,
    @Nullable String note) {
  /**
   * The speeds of some executions; null where there was none.
   *
   * @param executions how many
   * @param executedTokensPerSecond their median
   * @param executedLow the slowest
   * @param executedHigh the fastest
   * @param ratio executed over simulated
   */
  public record Executions(
      @Nullable Integer executions,
      @Nullable Double executedTokensPerSecond,
      @Nullable Double executedLow,
      @Nullable Double executedHigh,
      @Nullable Double ratio) {
    /** None. */
    public static final Executions NONE = new Executions(null, null, null, null, null);
  }

  /**
   * Seconds of a token, the mean, by what they are spent on: reading Flash, products with what they
   * read from memory, and everything else. Executed ones are medians; all null where the point was
   * not executed.
   */
  public record Spent(
      @Nullable Double simulatedFlashS,
      @Nullable Double executedFlashS,
      @Nullable Double simulatedProductsS,
      @Nullable Double executedProductsS,
      @Nullable Double simulatedRestS,
      @Nullable Double executedRestS) {
    /** Of a point that was not executed. */
    public static final Spent NONE = new Spent(null, null, null, null, null, null);
  }

  /**
   * The logarithm of the simulated speed over the executed one, above 0 where the simulation is too
   * fast; NaN where it was not executed.
   */
  public double logError() {
    return executed.ratio() == null ? Double.NaN : -Math.log(executed.ratio());
  }
}
