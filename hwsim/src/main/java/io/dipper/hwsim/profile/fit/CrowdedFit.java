package io.dipper.hwsim.profile.fit;

import io.dipper.config.Digits;
import io.dipper.error.UserException;
import io.dipper.proto.Flash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The affine device with a command rate and crowding that is nearest to measurements: least squares
 * on the logarithm of {@code min(max_bandwidth, commands_per_second s, l s / (c (latency + s /
 * lane_bandwidth)))} of l reads of s bytes, c being 1 for one read and the crowding for more.
 */
public final class CrowdedFit {
  private static final int NUMBERS = 5;
  private static final double MOST_CROWDING = 1000;

  private CrowdedFit() {}

  /**
   * The fit of a curve; its numbers have four digits.
   *
   * @param source who measured it
   * @throws UserException if the curve cannot tell the five numbers apart
   */
  public static FlashFit of(MeasuredCurve curve, String source) {
    List<MeasuredPoint> points = curve.points();
    check(curve);
    double[] measured = points.stream().mapToDouble(p -> Math.log(p.throughput())).toArray();
    LogLeastSquares squares =
        LogLeastSquares.byDifferences(
            measured,
            logs -> {
              Device device = Device.ofLogs(logs);
              return points.stream().mapToDouble(p -> Math.log(device.throughput(p))).toArray();
            });
    Device device = Device.ofLogs(squares.best(starts(points))).rounded();
    List<FlashFit.Residual> residuals =
        points.stream().map(p -> new FlashFit.Residual(p, device.throughput(p))).toList();
    double rms = new FlashFit(Flash.getDefaultInstance(), residuals).rootMeanSquare();
    String text =
        String.format(
            Locale.ROOT,
            "affine fit with commands and crowding to %d points, RMS residual %.1f %%: %s",
            points.size(),
            100 * rms,
            source);
    int lanes = points.stream().mapToInt(MeasuredPoint::lanes).max().orElseThrow();
    return new FlashFit(device.flash(lanes, text, source), residuals);
  }

  private static void check(MeasuredCurve curve) {
    List<MeasuredPoint> points = curve.points();
    curve.checkNoRanges();
    boolean alone = points.stream().anyMatch(p -> p.lanes() == 1);
    boolean beside = points.stream().anyMatch(p -> p.lanes() > 1);
    long sizes = points.stream().mapToDouble(MeasuredPoint::size).distinct().count();
    if (points.size() <= NUMBERS || sizes < 2 || !alone || !beside) {
      throw new UserException(
          curve.file()
              + ": a crowded fit needs more than "
              + NUMBERS
              + " measurements, of two sizes or more, at one lane and at more; take --form affine");
    }
  }

  private static List<double[]> starts(List<MeasuredPoint> points) {
    double top = points.stream().mapToDouble(MeasuredPoint::throughput).max().orElseThrow();
    double rate = points.stream().mapToDouble(p -> p.throughput() / p.size()).max().orElseThrow();
    List<double[]> starts = new ArrayList<>();
    for (double latency : new double[] {1e-5, 1e-4, 1e-3}) {
      for (double share : new double[] {0.5, 0.2, 0.05}) {
        for (double crowding : new double[] {1.1, 2}) {
          double[] start = {latency, share * top, top, rate, crowding - 1};
          starts.add(Arrays.stream(start).map(Math::log).toArray());
        }
      }
    }
    return starts;
  }

  /** Numbers of a device. */
  private record Device(double latency, double lane, double max, double rate, double crowding) {
    static Device ofLogs(double[] logs) {
      double crowding = Math.min(MOST_CROWDING, 1 + Math.exp(logs[4]));
      return new Device(
          Math.exp(logs[0]), Math.exp(logs[1]), Math.exp(logs[2]), Math.exp(logs[3]), crowding);
    }

    Device rounded() {
      return new Device(
          Digits.four(latency),
          Digits.four(lane),
          Digits.four(max),
          Digits.four(rate),
          Digits.four(crowding));
    }

    double throughput(MeasuredPoint p) {
      double alone = latency + p.size() / Math.min(lane, max);
      double byLanes = p.lanes() * p.size() / (p.lanes() > 1 ? crowding * alone : alone);
      return Math.min(Math.min(max, rate * p.size()), byLanes);
    }

    Flash flash(int lanes, String text, String source) {
      return Flash.newBuilder()
          .setMaxBandwidth(Quantities.derived(max, text))
          .setLatency(Quantities.derived(latency, text))
          .setLaneBandwidth(Quantities.derived(lane, text))
          .setCommandsPerSecond(Quantities.derived(rate, text))
          .setCrowding(Quantities.derived(crowding, text))
          .setLanes(Quantities.derived(lanes, "the most that was measured: " + source))
          .build();
    }
  }
}
