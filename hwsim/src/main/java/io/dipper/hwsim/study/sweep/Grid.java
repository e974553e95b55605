package io.dipper.hwsim.study.sweep;

import io.dipper.config.YamlMapping;
import io.dipper.error.UserException;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.hwsim.study.setting.SettingValues;
import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The values of every setting: each combination of them is a point. */
final class Grid {
  private final Map<Setting<?>, List<?>> values;

  private Grid(Map<Setting<?>, List<?>> values) {
    this.values = values;
  }

  /**
   * The grid of a sweep file.
   *
   * @param settings that it may give
   * @param root the file's mapping
   * @throws UserException with the place of the first value that is wrong or missing
   */
  static Grid read(List<Setting<?>> settings, YamlMapping root, Path file) {
    Map<Setting<?>, List<?>> values = new LinkedHashMap<>();
    settings.forEach(setting -> values.put(setting, setting.read(root, file)));
    return new Grid(values);
  }

  /** The values of a setting, in the order of the file. */
  @SuppressWarnings("unchecked")
  <T> List<T> of(Setting<T> setting) {
    return (List<T>) Objects.requireNonNull(values.get(setting));
  }

  /** The files that values are read from. */
  List<Path> inputs() {
    return values.keySet().stream().flatMap(setting -> inputs(setting).stream()).toList();
  }

  private <T> List<Path> inputs(Setting<T> setting) {
    SettingValues<T> read = setting.spellings().get(0).values();
    return of(setting).stream().flatMap(value -> read.inputs(value).stream()).toList();
  }

  /** The points, not yet completed by what the trace knows, the last setting fastest; each once. */
  List<PointConfig> points() {
    Set<PointConfig> points = new LinkedHashSet<>();
    add(List.copyOf(values.keySet()), PointConfig.newBuilder(), points);
    return List.copyOf(points);
  }

  private void add(List<Setting<?>> open, PointConfig.Builder point, Set<PointConfig> points) {
    if (open.isEmpty()) {
      points.add(point.build());
    } else {
      add(open.get(0), open.subList(1, open.size()), point, points);
    }
  }

  private <T> void add(
      Setting<T> setting,
      List<Setting<?>> rest,
      PointConfig.Builder point,
      Set<PointConfig> points) {
    for (T value : of(setting)) {
      setting.field().put().accept(point, value);
      add(rest, point, points);
    }
  }

  /** An upper bound of the number of points. */
  long size() {
    return values.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
  }

  /**
   * Adds what a sweep file says to give these points; what is the same in all of them as it was
   * used.
   *
   * @param folder that the file lies in
   * @param completed any completed point
   */
  void write(Path folder, PointConfig completed, Map<String, Object> onto) {
    values.keySet().forEach(setting -> write(setting, folder, completed, onto));
  }

  private <T> void write(
      Setting<T> setting, Path folder, PointConfig completed, Map<String, Object> onto) {
    boolean spans = setting.role().spans();
    List<T> used = spans ? of(setting) : List.of(setting.field().get().apply(completed));
    setting.write(used, folder, onto);
  }
}
