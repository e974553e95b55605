package io.dipper.hwsim.machine;

import io.dipper.hwsim.machine.Measured.Kind;
import io.dipper.hwsim.time.device.FlashTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What fetches take longer than reads of a disk that nobody looks at: with m reads of s bytes on l
 * lanes {@code (min(m, l) - 1) perLane + m s perByte}. The plane by least squares of relative
 * errors through several fetches, neither slope below 0.
 *
 * @param perLane seconds for each lane after that of who waits
 * @param perByte seconds, above 0
 */
record FetchCosts(double perLane, double perByte) {
  /** A thousandth of what a byte takes of a disk, so that there is a bandwidth. */
  private static final double LEAST_PER_BYTE = 1e-13;

  /** Reads and KiB of each: a few large ones, and many small ones. */
  private static final int[][] FETCHES = {
    {1, 256}, {1, 1024}, {2, 512}, {4, 256}, {4, 1024}, {8, 64}, {16, 16}, {32, 4}, {32, 16}
  };

  /** The fetches that are measured where there are so many lanes. */
  static List<Measured> measured(int lanes) {
    List<Measured> fetches = new ArrayList<>();
    for (int[] fetch : FETCHES) {
      if (fetch[0] <= lanes) {
        fetches.add(new Measured(Kind.FETCH, fetch[1] << 10, fetch[0]));
      }
    }
    return fetches;
  }

  /**
   * The costs that fetches show.
   *
   * @param fetches seconds of each
   * @param reads how long their reads take that nobody looks at
   */
  static FetchCosts of(Map<Measured, Double> fetches, FlashTiming reads) {
    List<double[]> slopes = new ArrayList<>();
    List<Double> longer = new ArrayList<>();
    fetches.forEach(
        (fetch, seconds) -> {
          double bytes = (double) fetch.threads() * fetch.size();
          slopes.add(new double[] {(fetch.threads() - 1) / seconds, bytes / seconds});
          longer.add(1 - reads.requestsSeconds(fetch.threads(), fetch.size()) / seconds);
        });
    double[] plane = plane(slopes, longer);
    return new FetchCosts(Math.max(0, plane[0]), Math.max(LEAST_PER_BYTE, plane[1]));
  }

  private static double[] plane(List<double[]> slopes, List<Double> longer) {
    if (slopes.stream().allMatch(each -> each[0] == 0)) {
      return new double[] {0, line(slopes, longer, 1)};
    }
    OLSMultipleLinearRegression both = new OLSMultipleLinearRegression();
    both.setNoIntercept(true);
    both.newSampleData(
        longer.stream().mapToDouble(Double::doubleValue).toArray(),
        slopes.toArray(new double[0][]));
    double[] plane = both.estimateRegressionParameters();
    if (plane[0] < 0) {
      return new double[] {0, line(slopes, longer, 1)};
    }
    return plane[1] < 0 ? new double[] {line(slopes, longer, 0), 0} : plane;
  }

  /** The line by one of both alone. */
  private static double line(List<double[]> slopes, List<Double> longer, int slope) {
    SimpleRegression line = new SimpleRegression(false);
    for (int i = 0; i < slopes.size(); i++) {
      line.addData(slopes.get(i)[slope], longer.get(i));
    }
    return line.getSlope();
  }
}
