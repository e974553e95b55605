package io.dipper.hwsim.study.sweep;

import io.dipper.hwsim.study.point.PlannedPoint;
import io.dipper.hwsim.study.point.PointPair;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The pairs of a sweep whose verdict is worth a band: of each policy under the same conditions
 * (device, accounting, memory, lengths, bits) the fastest point, whatever is known of its loss, and
 * the dense one that it is held against.
 */
final class VerdictPairs {
  private VerdictPairs() {}

  /**
   * The pairs, in the order of the sweep.
   *
   * @param rows of all points
   */
  static List<PointPair> of(Map<String, PlannedPoint> planned, List<PointRow> rows) {
    SweptPoints sweep = new SweptPoints(rows, configs(planned));
    List<PointPair> pairs = new ArrayList<>();
    for (PointRow row : sweep.fastestOfPolicies()) {
      sweep
          .dense(row)
          .ifPresent(dense -> pairs.add(new PointPair(point(planned, row), point(planned, dense))));
    }
    return pairs;
  }

  private static PlannedPoint point(Map<String, PlannedPoint> planned, PointRow row) {
    return Objects.requireNonNull(planned.get(row.pointId()));
  }

  private static Map<String, PointConfig> configs(Map<String, PlannedPoint> planned) {
    return planned.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().config()));
  }
}
