package io.dipper.hwsim.study.verdict;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.proto.PointConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a point was simulated with, beside its policy: a text for each axis that a sweep can span,
 * and the trace, on which points of several sweeps differ.
 */
public final class Settings {
  public static final String DEVICE = PointSettings.HARDWARE.name();
  public static final String ACCOUNTING = PointSettings.ACCOUNTING.name();
  public static final String MEMORY = PointSettings.MEMORY.name();
  public static final String TRACE = "trace";
  public static final String CACHE = PointSettings.CACHE.name();

  private static final List<Setting<?>> AXES =
      PointSettings.byTopic().stream().filter(setting -> setting != PointSettings.POLICY).toList();

  private Settings() {}

  /**
   * The texts by axis, in the order in which a reader asks for them.
   *
   * @param config null where the row alone is known
   */
  static Map<String, String> of(PointRow row, @Nullable PointConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (config != null) {
      AXES.forEach(setting -> settings.put(setting.name(), setting.text().apply(config)));
    }
    settings.put(TRACE, row.identity().trace());
    settings.put(DEVICE, row.hardware());
    settings.put(ACCOUNTING, row.accounting());
    settings.put(MEMORY, memory(row));
    if (config == null || config.getCache().getPolicy().isEmpty()) {
      settings.put(CACHE, row.cache());
    }
    return settings;
  }

  private static String memory(PointRow row) {
    Object capacity = row.setup().value(PointSettings.MEMORY);
    return capacity == null
        ? Units.print(row.memory().dramBytes(), Dimension.BYTES)
        : String.valueOf(capacity);
  }

  /** Those of the settings under which points compare; the others are ways to do the same work. */
  static Map<String, String> conditions(Map<String, String> settings) {
    Map<String, String> conditions = new LinkedHashMap<>(settings);
    AXES.stream()
        .filter(setting -> !setting.role().isCondition())
        .forEach(setting -> conditions.remove(setting.name()));
    return conditions;
  }
}
