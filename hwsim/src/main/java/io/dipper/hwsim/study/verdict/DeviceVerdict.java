package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether masks are worth it on a device, in one sentence.
 *
 * @param wins whether any mask is faster than dense with the same memory, by a per cent or more
 * @param sentence without the device's name, for a terminal and a page alike
 */
public record DeviceVerdict(DeviceName device, boolean wins, String sentence) {
  /** Less is no win: another layer of the same model moves as much. */
  private static final double LEAST_SPEEDUP = 1.01;

  /** The verdicts of a sweep, device by device. */
  public static List<DeviceVerdict> of(SweptPoints sweep) {
    return sweep.byDevice().entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue(), sweep))
        .toList();
  }

  private static DeviceVerdict of(DeviceName device, List<PointRow> points, SweptPoints sweep) {
    Comparator<PointRow> bySpeedup =
        Comparator.comparingDouble(row -> sweep.speedup(row).orElseThrow());
    List<PointRow> masked =
        points.stream().filter(row -> row.isMasked() && sweep.speedup(row).isPresent()).toList();
    Optional<PointRow> best = masked.stream().max(bySpeedup);
    if (best.isEmpty()) {
      boolean anyMask = points.stream().anyMatch(PointRow::isMasked);
      return new DeviceVerdict(
          device,
          false,
          anyMask ? "no dense point to compare masks with; sweep dense too" : "dense alone");
    }
    Optional<PointRow> densest =
        masked.stream()
            .filter(row -> sweep.speedup(row).orElseThrow() >= LEAST_SPEEDUP)
            .max(
                Comparator.comparingDouble((PointRow row) -> row.demand().density())
                    .thenComparing(bySpeedup));
    return densest
        .map(row -> new DeviceVerdict(device, true, winning(row, best.get(), sweep)))
        .orElseGet(() -> new DeviceVerdict(device, false, losing(best.get(), sweep)));
  }

  private static String winning(PointRow densest, PointRow best, SweptPoints sweep) {
    return String.format(
        Locale.ROOT,
        "masks win up to density %.2f (%s): %s; at best %s (%s)",
        densest.demand().density(),
        PointQuality.describe(densest),
        place(densest, sweep),
        place(best, sweep),
        PointQuality.describe(best));
  }

  private static String losing(PointRow best, SweptPoints sweep) {
    PointRow dense = sweep.dense(best).orElseThrow();
    return String.format(
        Locale.ROOT,
        "masks win nowhere here, at best %s, since %s",
        place(best, sweep),
        SlowMask.reason(dense, best));
  }

  /** A point, its gain and where it has it, e.g. {@code dip at 0.40 is 1.61x dense, 50% of …}. */
  private static String place(PointRow row, SweptPoints sweep) {
    return String.format(
        Locale.ROOT,
        "%s at %.2f is %.2fx dense with %s",
        row.policy(),
        row.demand().density(),
        sweep.speedup(row).orElseThrow(),
        sweep.place(row));
  }
}
