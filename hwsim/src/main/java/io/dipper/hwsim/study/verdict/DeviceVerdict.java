package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.verdict.LossBound.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Whether masks, or policies of routers, are worth it on a device, in one sentence.
 *
 * @param wins whether a mask whose loss is measured or predicted to keep a bound is faster than
 *     dense with the same memory, by a per cent or more; never so where any loss is allowed
 * @param sentence without the device's name, for a terminal and a page alike
 */
public record DeviceVerdict(DeviceName device, boolean wins, String sentence) {
  /** Less is no win: another layer of the same model moves as much. */
  private static final double LEAST_SPEEDUP = 1.01;

  /** The verdicts of a sweep, device by device. */
  public static List<DeviceVerdict> of(SweptPoints sweep, LossBound bound) {
    return sweep.byDevice().entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue(), sweep, bound))
        .toList();
  }

  private static DeviceVerdict of(
      DeviceName device, List<PointRow> points, SweptPoints sweep, LossBound bound) {
    List<PointRow> masked =
        points.stream().filter(row -> row.isMasked() && sweep.speedup(row).isPresent()).toList();
    if (masked.isEmpty()) {
      return new DeviceVerdict(device, false, alone(points, sweep));
    }
    Contenders who = Contenders.of(masked.get(0));
    List<PointRow> faster =
        masked.stream().filter(row -> gain(row, sweep) >= LEAST_SPEEDUP).toList();
    if (faster.isEmpty()) {
      return new DeviceVerdict(device, false, losing(largestGain(masked, sweep), sweep));
    }
    List<PointRow> kept = standing(faster, bound, Standing.KEEPS);
    List<PointRow> unknown = standing(faster, bound, Standing.UNKNOWN);
    if (!kept.isEmpty()) {
      return bound.isBound()
          ? new DeviceVerdict(
              device, true, who + " win with a loss of at most " + bound + " " + span(kept, sweep))
          : new DeviceVerdict(
              device, false, who + " are faster, whatever they lose, " + span(faster, sweep));
    }
    return new DeviceVerdict(
        device,
        false,
        unknown.isEmpty()
            ? costly(faster, sweep, bound)
            : who + " are faster, but what they lose is unknown, " + span(unknown, sweep));
  }

  /** Where masks and dense cannot be compared. */
  private static String alone(List<PointRow> points, SweptPoints sweep) {
    boolean dense = points.stream().noneMatch(PointRow::isMasked);
    return points.stream()
        .filter(row -> Contenders.of(row) == Contenders.ROUTER_POLICIES)
        .reduce(SweptPoints::faster)
        .map(row -> fastest(row, sweep))
        .orElse(dense ? "dense alone" : "no dense point to compare masks with; sweep dense too");
  }

  /** Of a model with experts, which has no dense form. */
  private static String fastest(PointRow row, SweptPoints sweep) {
    return String.format(
        Locale.ROOT,
        "%s is the fastest with %s: %.3g tokens/s at a hit rate of %.1f%%",
        Contenders.of(row).name(row),
        sweep.place(row),
        row.time().tokensPerSecond(),
        100 * Objects.requireNonNull(row.demand().hits().hitRate()));
  }

  private static List<PointRow> standing(
      List<PointRow> points, LossBound bound, Standing standing) {
    return points.stream().filter(row -> bound.of(row) == standing).toList();
  }

  private static double gain(PointRow row, SweptPoints sweep) {
    return sweep.speedup(row).orElseThrow();
  }

  private static PointRow largestGain(List<PointRow> points, SweptPoints sweep) {
    return points.stream().max(Comparator.comparingDouble(row -> gain(row, sweep))).orElseThrow();
  }

  /** Up to which density, and where most. */
  private static String span(List<PointRow> points, SweptPoints sweep) {
    PointRow densest =
        points.stream()
            .max(
                Comparator.comparingDouble((PointRow row) -> row.demand().density())
                    .thenComparing(row -> gain(row, sweep)))
            .orElseThrow();
    PointRow most = largestGain(points, sweep);
    String end = most.equals(densest) ? "" : "; the largest gain: " + place(most, sweep);
    if (Contenders.of(most) == Contenders.ROUTER_POLICIES) {
      return "where " + place(most, sweep);
    }
    return String.format(
            Locale.ROOT,
            "up to density %.2f: %s",
            densest.demand().density(),
            place(densest, sweep))
        + end;
  }

  /** All that are faster lose too much; the one that loses least is named. */
  private static String costly(List<PointRow> faster, SweptPoints sweep, LossBound bound) {
    PointRow least =
        faster.stream().min(Comparator.comparingDouble(PointQuality::knownLoss)).orElseThrow();
    return Contenders.of(least)
        + " win nowhere here with a loss of at most "
        + bound
        + ": of those that are faster, the least is lost where "
        + place(least, sweep);
  }

  private static String losing(PointRow best, SweptPoints sweep) {
    PointRow dense = sweep.dense(best).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s win nowhere here, at best %s, since %s",
        Contenders.of(best),
        bare(best, sweep),
        SlowMask.reason(dense, best));
  }

  /** A point, its gain, where it has it and what it loses. */
  private static String place(PointRow row, SweptPoints sweep) {
    return bare(row, sweep) + " (" + PointQuality.describe(row) + ")";
  }

  /** A point, its gain and where it has it, e.g. {@code dip at 0.40 is 1.61x dense, 50% of …}. */
  private static String bare(PointRow row, SweptPoints sweep) {
    return String.format(
        Locale.ROOT,
        "%s is %.2fx %s with %s",
        Contenders.of(row).name(row),
        gain(row, sweep),
        Contenders.of(row).reference(),
        sweep.place(row));
  }
}
