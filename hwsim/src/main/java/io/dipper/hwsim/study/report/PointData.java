package io.dipper.hwsim.study.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.RowJson;
import io.dipper.hwsim.study.verdict.EqualCaches;
import io.dipper.hwsim.study.verdict.PointQuality;
import io.dipper.hwsim.study.verdict.Settings;
import io.dipper.hwsim.study.verdict.SweptPoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The points as the page gets them: their columns, their settings on the axes that vary, the dense
 * point that each is held against, and whether another point tells the same.
 */
final class PointData {
  /** Axes that the page has controls for, whether they vary or not. */
  private static final List<String> ALWAYS =
      List.of(Settings.DEVICE, Settings.MEMORY, Settings.CACHE);

  private PointData() {}

  /** Fills an array with an object per point. */
  static void add(SweptPoints sweep, ArrayNode points) {
    Map<String, PointRow> firstOf = new HashMap<>();
    Map<String, String> caches = new HashMap<>();
    for (EqualCaches equal : EqualCaches.of(sweep)) {
      PointRow first = equal.points().get(0);
      caches.put(first.pointId(), equal.caches());
      equal.points().stream().skip(1).forEach(row -> firstOf.put(row.pointId(), first));
    }
    List<String> others = otherAxes(sweep);
    for (PointRow row : sweep.rows()) {
      ObjectNode point = RowJson.object(row);
      ObjectNode settings = point.putObject("settings");
      Map<String, String> all = sweep.settings(row);
      ALWAYS.forEach(axis -> settings.put(axis, all.get(axis)));
      others.forEach(axis -> settings.put(axis, all.get(axis)));
      point
          .put("cache", all.get(Settings.CACHE))
          .put("baseline", id(sweep.dense(row).orElse(null)))
          .put("equals", id(firstOf.get(row.pointId())))
          .put("equal_caches", caches.get(row.pointId()))
          .put("dense", !row.isMasked())
          .put("lost_weight", orNull(PointQuality.lostWeight(row)))
          .put("kept_energy", orNull(PointQuality.keptEnergy(row)));
      points.add(point);
    }
  }

  /** The axes that vary, those that always have a control left out. */
  static List<String> otherAxes(SweptPoints sweep) {
    return sweep.varying().stream().filter(axis -> !ALWAYS.contains(axis)).toList();
  }

  private static @Nullable String id(@Nullable PointRow row) {
    return row == null ? null : row.pointId();
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }
}
