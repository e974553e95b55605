package io.dipper.hwsim.study.verdict;

import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.ResultDirectory;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The points of a sweep, each with its settings and the dense point that it is held against: the
 * fastest dense one under the same conditions (device, accounting, memory, lengths, bits), whatever
 * its cache and its layout on Flash.
 */
public final class SweptPoints {
  private static final Set<String> NAMED_OTHERWISE =
      Set.of(Settings.DEVICE, Settings.ACCOUNTING, Settings.MEMORY);

  /** The axis of sweeps over several models. */
  private static final String MODEL = "model";

  private final List<PointRow> rows;
  private final Map<String, PointConfig> configs;
  private final Map<String, Map<String, String>> settings = new HashMap<>();
  private final Map<Map<String, String>, PointRow> denseByConditions = new HashMap<>();

  /**
   * @param configs of the points, by id; of a point without one, its row alone tells
   */
  public SweptPoints(List<PointRow> rows, Map<String, PointConfig> configs) {
    this.rows = List.copyOf(rows);
    this.configs = configs;
    boolean several = rows.stream().map(row -> row.identity().model()).distinct().count() > 1;
    for (PointRow row : rows) {
      Map<String, String> texts = Settings.of(row, configs.get(row.pointId()));
      if (several) {
        texts.put(MODEL, row.identity().model());
      }
      settings.put(row.pointId(), texts);
    }
    for (PointRow row : rows) {
      if (!row.isMasked()) {
        denseByConditions.merge(conditions(row), row, SweptPoints::faster);
      }
    }
  }

  /** The points of a result directory. */
  public static SweptPoints of(ResultDirectory results) {
    return new SweptPoints(results.points(), results.configs());
  }

  /** The faster of two points; of equals the first. */
  static PointRow faster(PointRow a, PointRow b) {
    return b.time().tokensPerSecond() > a.time().tokensPerSecond() ? b : a;
  }

  /** In the order of the sweep. */
  public List<PointRow> rows() {
    return rows;
  }

  /** What a point was simulated with, a text by axis. */
  public Map<String, String> settings(PointRow row) {
    return Objects.requireNonNull(settings.get(row.pointId()));
  }

  /** How many layers its model has; 0 where the row alone is known. */
  int layers(PointRow row) {
    PointConfig config = configs.get(row.pointId());
    return config == null ? 0 : config.getModel().getLayers();
  }

  private Map<String, String> conditions(PointRow row) {
    return Settings.conditions(settings(row));
  }

  /** The axes on which points differ, in their order. */
  public List<String> varying() {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (PointRow row : rows) {
      settings(row)
          .forEach(
              (axis, text) -> values.computeIfAbsent(axis, a -> new LinkedHashSet<>()).add(text));
    }
    return values.keySet().stream()
        .filter(axis -> Objects.requireNonNull(values.get(axis)).size() > 1)
        .toList();
  }

  /** The memory of a point, and its value on every other axis that varies, devices left out. */
  String place(PointRow row) {
    Map<String, String> all = settings(row);
    String others =
        varying().stream()
            .filter(axis -> !NAMED_OTHERWISE.contains(axis))
            .map(axis -> ", " + axis + " " + all.get(axis))
            .collect(Collectors.joining());
    return all.get(Settings.MEMORY) + others;
  }

  /** The dense point that a point is held against; empty where the sweep has none. */
  public Optional<PointRow> dense(PointRow row) {
    return Optional.ofNullable(denseByConditions.get(conditions(row)));
  }

  /** Whether two points are of the same device, accounting, memory, lengths and bits. */
  public boolean areComparable(PointRow one, PointRow other) {
    return conditions(one).equals(conditions(other));
  }

  /** Of each policy that masks, under each conditions, the fastest point, in the sweep's order. */
  public List<PointRow> fastestOfPolicies() {
    Map<List<Object>, PointRow> fastest = new LinkedHashMap<>();
    for (PointRow row : rows) {
      if (row.isMasked()) {
        fastest.merge(List.of(conditions(row), row.policy()), row, SweptPoints::faster);
      }
    }
    return List.copyOf(fastest.values());
  }

  /** Tokens per second over those of {@link #dense}. */
  public OptionalDouble speedup(PointRow row) {
    return dense(row)
        .map(
            dense ->
                OptionalDouble.of(row.time().tokensPerSecond() / dense.time().tokensPerSecond()))
        .orElse(OptionalDouble.empty());
  }

  /** Whether a point is dense, or at least as fast as the dense point that it is held against. */
  public boolean isWorthwhile(PointRow row) {
    return !row.isMasked() || speedup(row).orElse(1) >= 1;
  }

  /** The points of each device and accounting, in the order of the sweep. */
  public Map<DeviceName, List<PointRow>> byDevice() {
    Map<DeviceName, List<PointRow>> devices = new LinkedHashMap<>();
    for (PointRow row : rows) {
      devices.computeIfAbsent(DeviceName.of(row), name -> new ArrayList<>()).add(row);
    }
    return devices;
  }
}
