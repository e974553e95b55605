package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.proto.PointConfig;
import io.dipper.proto.PolicySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The points of a sweep whose dependence on their device is worth a chart: for each device,
 * accounting and model the fastest point with a mask, and dense beside it, which differs in the
 * mask alone where the sweep has such a point, else the fastest dense one.
 */
final class TornadoPoints {
  private static final Comparator<PointRow> BY_SPEED =
      Comparator.comparingDouble(row -> row.time().tokensPerSecond());

  private TornadoPoints() {}

  /**
   * The points, device by device, dense first.
   *
   * @param rows of all points, in the order of the sweep
   */
  static List<PlannedPoint> of(Map<String, PlannedPoint> planned, List<PointRow> rows) {
    Map<String, List<PointRow>> byDevice = new LinkedHashMap<>();
    for (PointRow row : rows) {
      byDevice
          .computeIfAbsent(
              row.hardware() + "\n" + row.accounting() + "\n" + row.identity().model(),
              d -> new ArrayList<>())
          .add(row);
    }
    Set<String> chosen = new LinkedHashSet<>();
    for (List<PointRow> device : byDevice.values()) {
      Optional<PointRow> fastest = fastest(device.stream().filter(PointRow::isMasked).toList());
      List<PointRow> dense = device.stream().filter(row -> !row.isMasked()).toList();
      fastest
          .flatMap(f -> dense.stream().filter(d -> sameButMask(planned, d, f)).findFirst())
          .or(() -> fastest(dense))
          .ifPresent(row -> chosen.add(row.pointId()));
      fastest.ifPresent(row -> chosen.add(row.pointId()));
    }
    return chosen.stream().map(id -> Objects.requireNonNull(planned.get(id))).toList();
  }

  /** The first of the fastest. */
  private static Optional<PointRow> fastest(List<PointRow> rows) {
    return rows.stream().reduce((a, b) -> BY_SPEED.compare(b, a) > 0 ? b : a);
  }

  private static boolean sameButMask(
      Map<String, PlannedPoint> planned, PointRow dense, PointRow other) {
    return withoutMask(planned, dense).equals(withoutMask(planned, other));
  }

  private static PointConfig withoutMask(Map<String, PlannedPoint> planned, PointRow row) {
    PointConfig config = Objects.requireNonNull(planned.get(row.pointId())).config();
    return config.toBuilder().setPolicy(PolicySpec.getDefaultInstance()).build();
  }
}
