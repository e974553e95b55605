package io.dipper.hwsim.study.result;

import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.hwsim.study.setting.SettingColumn;
import io.dipper.hwsim.table.Column;
import io.dipper.hwsim.table.InColumns;
import io.dipper.hwsim.table.RowPart;
import io.dipper.proto.PointConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a point was simulated with: a value for each column of {@link PointSettings}.
 *
 * @param values by column; null in results of before there was the column
 */
@InColumns(PointSetup.Part.class)
public record PointSetup(Map<String, @Nullable Object> values) {
  private static final List<SettingColumn> COLUMNS =
      PointSettings.ALL.stream().flatMap(setting -> setting.columns().stream()).toList();

  public PointSetup {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What a configuration says. */
  public static PointSetup of(PointConfig config) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    COLUMNS.forEach(column -> values.put(column.column().name(), column.value().apply(config)));
    return new PointSetup(values);
  }

  /** What the first column of a setting says; null where it is empty. */
  public @Nullable Object value(Setting<?> setting) {
    return values.get(setting.columns().get(0).column().name());
  }

  /** The name that a setting chose, which is never empty. */
  public String name(Setting<?> setting) {
    return String.valueOf(value(setting));
  }

  /**
   * The parameters of what a setting chose by name, as a JSON object; null where none are known.
   */
  public @Nullable String parameters(Setting<?> setting) {
    return (String) values.get(setting.columns().get(1).column().name());
  }

  /** Its columns. */
  public static final class Part implements RowPart<PointSetup> {
    private final List<Column> columns = COLUMNS.stream().map(SettingColumn::column).toList();

    @Override
    public List<Column> columns() {
      return columns;
    }

    @Override
    public List<@Nullable Object> values(PointSetup part) {
      List<@Nullable Object> values = new ArrayList<>();
      columns.forEach(column -> values.add(part.values.get(column.name())));
      return values;
    }

    @Override
    public PointSetup of(List<@Nullable Object> values) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      for (int c = 0; c < columns.size(); c++) {
        named.put(columns.get(c).name(), values.get(c));
      }
      return new PointSetup(named);
    }
  }
}
