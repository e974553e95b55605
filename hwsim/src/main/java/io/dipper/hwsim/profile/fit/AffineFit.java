package io.dipper.hwsim.profile.fit;

import io.dipper.config.Digits;
import io.dipper.error.UserException;
import io.dipper.proto.Flash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/**
 * The affine device nearest to measurements: least squares on the logarithm of the throughput
 * {@code min(max_bandwidth, l s / (latency + s / lane_bandwidth))} of l reads of s bytes, over the
 * logarithms of the three numbers (Levenberg-Marquardt, from several starts). Where one number of
 * lanes was measured, the limit of all lanes cannot be told from that of each: then max_bandwidth =
 * l · lane_bandwidth.
 */
public final class AffineFit {
  private static final double[] LATENCIES = {1e-5, 1e-4, 1e-3};
  private static final double[] LANE_SHARES = {1, 0.5, 0.2, 0.05};

  private final List<MeasuredPoint> points;
  private final boolean oneNumberOfLanes;

  private AffineFit(MeasuredCurve curve) {
    points = curve.points();
    oneNumberOfLanes = points.stream().mapToInt(MeasuredPoint::lanes).distinct().count() == 1;
    curve.checkNoRanges();
    int unknown = oneNumberOfLanes ? 2 : 3;
    if (points.size() < unknown
        || points.stream().mapToDouble(MeasuredPoint::size).distinct().count() < 2) {
      throw new UserException(
          curve.file()
              + ": an affine fit needs "
              + unknown
              + " measurements or more, of two sizes or more");
    }
  }

  /**
   * The fit of a curve; its numbers have four digits.
   *
   * @param source who measured it
   */
  public static FlashFit of(MeasuredCurve curve, String source) {
    AffineFit fit = new AffineFit(curve);
    double[] best = fit.best();
    double latency = Digits.four(Math.exp(best[0]));
    double lane = Digits.four(Math.exp(best[1]));
    int lanes = fit.points.stream().mapToInt(MeasuredPoint::lanes).max().orElseThrow();
    double max = fit.oneNumberOfLanes ? lanes * lane : Digits.four(Math.exp(best[2]));
    List<FlashFit.Residual> residuals =
        fit.points.stream()
            .map(p -> new FlashFit.Residual(p, throughput(p, latency, Math.min(lane, max), max)))
            .toList();
    double rms = new FlashFit(Flash.getDefaultInstance(), residuals).rootMeanSquare();
    String text =
        String.format(
            Locale.ROOT,
            "affine fit to %d points, RMS residual %.1f %%: %s",
            residuals.size(),
            100 * rms,
            source);
    Flash flash =
        Flash.newBuilder()
            .setMaxBandwidth(Quantities.derived(max, text))
            .setLatency(Quantities.derived(latency, text))
            .setLaneBandwidth(Quantities.derived(lane, text))
            .setLanes(Quantities.derived(lanes, "the most that was measured: " + source))
            .build();
    return new FlashFit(flash, residuals);
  }

  private static double throughput(MeasuredPoint p, double latency, double lane, double max) {
    return Math.min(max, p.lanes() * p.size() / (latency + p.size() / lane));
  }

  private double[] best() {
    double top = points.stream().mapToDouble(MeasuredPoint::throughput).max().orElseThrow();
    List<double[]> starts = new ArrayList<>();
    for (double latency : LATENCIES) {
      for (double share : LANE_SHARES) {
        starts.add(new double[] {Math.log(latency), Math.log(share * top), Math.log(top)});
      }
    }
    double[] measured = points.stream().mapToDouble(p -> Math.log(p.throughput())).toArray();
    return new LogLeastSquares(measured, this::valuesAndSlopes).best(starts);
  }

  /** The logarithm of each point's throughput, and its slopes in the logarithms of the numbers. */
  private Pair<RealVector, RealMatrix> valuesAndSlopes(RealVector logs) {
    double latency = Math.exp(logs.getEntry(0));
    double lane = Math.exp(logs.getEntry(1));
    double[] values = new double[points.size()];
    double[][] slopes = new double[points.size()][3];
    for (int i = 0; i < values.length; i++) {
      MeasuredPoint p = points.get(i);
      double transfer = p.size() / lane;
      double byLanes = Math.log(p.lanes() * p.size() / (latency + transfer));
      if (oneNumberOfLanes || byLanes <= logs.getEntry(2)) {
        values[i] = byLanes;
        slopes[i][0] = -latency / (latency + transfer);
        slopes[i][1] = transfer / (latency + transfer);
      } else {
        values[i] = logs.getEntry(2);
        slopes[i][2] = 1;
      }
    }
    return new Pair<>(new ArrayRealVector(values, false), new Array2DRowRealMatrix(slopes, false));
  }
}
