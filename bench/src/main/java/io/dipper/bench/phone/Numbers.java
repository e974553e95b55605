package io.dipper.bench.phone;

import java.util.Arrays;

/** Sums over series of equal length. */
final class Numbers {
  private Numbers() {}

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The least value that a share of all values does not exceed. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** Of the values those that are not left out. */
  static double[] without(boolean[] left, double[] values) {
    double[] kept = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (!left[i]) {
        kept[count++] = values[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Pearson's correlation. */
  static double correlation(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
