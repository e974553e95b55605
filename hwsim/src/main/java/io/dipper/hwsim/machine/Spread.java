package io.dipper.hwsim.machine;

import io.dipper.config.Digits;
import java.util.Arrays;

/**
 * What repeats of one measurement came to.
 *
 * @param median of all
 * @param low the least
 * @param high the most
 * @param repeats how many there were
 */
public record Spread(double median, double low, double high, int repeats) {
  /**
   * The spread of some repeats.
   *
   * @param values at least one
   */
  public static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Spread(median, sorted[0], sorted[n - 1], n);
  }

  /** This with four significant digits, which is more than repeats agree in. */
  public Spread rounded() {
    return new Spread(Digits.four(median), Digits.four(low), Digits.four(high), repeats);
  }

  /** The distance of the extremes as a share of the median. */
  public double relative() {
    return (high - low) / median;
  }
}
