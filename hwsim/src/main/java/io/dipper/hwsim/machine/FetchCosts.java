package io.dipper.hwsim.machine;

import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.time.device.FlashTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What fetches of several sizes cost: a time for each of what they are counted in, and a time for
 * each byte, neither below 0. The plane through all of them by least squares.
 *
 * @param each seconds
 * @param perByte seconds
 */
record FetchCosts(double each, double perByte) {
  /** A thousandth of what a byte takes of a disk, so that there is a bandwidth. */
  private static final double LEAST_PER_BYTE = 1e-13;

  /** Reads and KiB of each: a few large ones, and many small ones; of one read more than two. */
  private static final int[][] FETCHES = {
    {1, 64}, {1, 256}, {1, 1024}, {2, 512}, {4, 256}, {4, 1024}, {8, 64}, {16, 16}, {32, 4},
    {32, 16}
  };

  /** What is measured of fetches where there are so many lanes. */
  static List<Measured> measured(Kind kind, int lanes) {
    List<Measured> fetches = new ArrayList<>();
    for (int[] fetch : FETCHES) {
      if (fetch[0] <= lanes) {
        fetches.add(new Measured(kind, fetch[1] << 10, fetch[0]));
      }
    }
    return fetches;
  }

  /**
   * What fetches take longer than reads that nobody looks at, by least relative errors of the
   * fetches: for each lane after that of who waits, and for each byte, which takes something.
   *
   * @param fetches seconds of each
   * @param reads how long their reads take that nobody looks at
   */
  static FetchCosts ofLonger(Map<Measured, Double> fetches, FlashTiming reads) {
    List<double[]> counts = new ArrayList<>();
    List<Double> longer = new ArrayList<>();
    fetches.forEach(
        (fetch, seconds) -> {
          counts.add(new double[] {(fetch.threads() - 1) / seconds, bytes(fetch) / seconds});
          longer.add(1 - reads.requestsSeconds(fetch.threads(), fetch.size()) / seconds);
        });
    double[] plane = plane(counts, longer);
    return new FetchCosts(Math.max(0, plane[0]), Math.max(LEAST_PER_BYTE, plane[1]));
  }

  /** By how much fetches hold up products: for each read, and for each byte. */
  static FetchCosts ofDelays(Map<Measured, Double> delays) {
    List<double[]> counts = new ArrayList<>();
    delays.keySet().forEach(fetch -> counts.add(new double[] {fetch.threads(), bytes(fetch)}));
    double[] plane = plane(counts, List.copyOf(delays.values()));
    return new FetchCosts(Math.max(0, plane[0]), Math.max(0, plane[1]));
  }

  private static double bytes(Measured fetch) {
    return (double) fetch.threads() * fetch.size();
  }

  private static double[] plane(List<double[]> counts, List<Double> seconds) {
    if (counts.stream().allMatch(each -> each[0] == 0)) {
      return new double[] {0, line(counts, seconds, 1)};
    }
    OLSMultipleLinearRegression both = new OLSMultipleLinearRegression();
    both.setNoIntercept(true);
    both.newSampleData(
        seconds.stream().mapToDouble(Double::doubleValue).toArray(),
        counts.toArray(new double[0][]));
    double[] plane = both.estimateRegressionParameters();
    if (plane[0] < 0) {
      return new double[] {0, line(counts, seconds, 1)};
    }
    return plane[1] < 0 ? new double[] {line(counts, seconds, 0), 0} : plane;
  }

  /** The line by one of both alone. */
  private static double line(List<double[]> counts, List<Double> seconds, int count) {
    SimpleRegression line = new SimpleRegression(false);
    for (int i = 0; i < counts.size(); i++) {
      line.addData(counts.get(i)[count], seconds.get(i));
    }
    return line.getSlope();
  }
}
