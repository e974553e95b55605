package io.dipper.hwsim.study.setting;

import io.dipper.config.YamlMapping;
import io.dipper.config.YamlSequence;
import io.dipper.hwsim.table.Column;
import io.dipper.proto.PointConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a point: how it is written, what holds where it is not, and where a configuration
 * keeps it. Sweep files, options, results and the report go through all of {@link
 * PointSettings#ALL}, so that declaring one there is enough.
 *
 * @param name for people, e.g. {@code unit order}
 * @param preset what holds where it is not written; null where it must be
 * @param text a point's value in one line, for people
 * @param columns what results tell of it, mostly its text or its number
 * @param <T> the type of its values
 */
public record Setting<T>(
    String name,
    List<Spelling<T>> spellings,
    @Nullable Preset<T> preset,
    Field<T> field,
    Role role,
    Function<PointConfig, String> text,
    List<SettingColumn> columns) {
  public Setting {
    spellings = List.copyOf(spellings);
    columns = List.copyOf(columns);
  }

  /** What holds where a setting is not written, and how users are told. */
  public record Preset<T>(T value, String told) {}

  /** Where a configuration keeps a value. */
  public record Field<T>(Function<PointConfig, T> get, BiConsumer<PointConfig.Builder, T> put) {}

  /** A setting that must be written, named by its key. */
  static <T> Setting<T> of(
      Spelling<T> spelling,
      Role role,
      Function<PointConfig, T> get,
      BiConsumer<PointConfig.Builder, T> put) {
    return new Setting<>(
        spelling.key().replace('_', ' '),
        List.of(spelling),
        null,
        new Field<>(get, put),
        role,
        config -> spelling.values().print(get.apply(config)),
        List.of());
  }

  /** One that is written, read and told like this, under another key and kept elsewhere. */
  public Setting<T> like(
      String key, Function<PointConfig, T> get, BiConsumer<PointConfig.Builder, T> put) {
    Spelling<T> spelling = spellings.get(0);
    return new Setting<>(
        key.replace('_', ' '),
        List.of(Spelling.of(key, spelling.values(), spelling.help())),
        preset,
        new Field<>(get, put),
        role,
        config -> spelling.values().print(get.apply(config)),
        List.of());
  }

  /** Whether a point has the value that it would have had unasked. */
  public boolean isPreset(PointConfig config) {
    return preset != null && preset.value().equals(field.get().apply(config));
  }

  /** This with a value where none is written. */
  Setting<T> or(T value) {
    return or(value, spellings.get(0).values().print(value));
  }

  /** This with a value where none is written, told to users in other words. */
  Setting<T> or(T value, String told) {
    return new Setting<>(name, spellings, new Preset<>(value, told), field, role, text, columns);
  }

  /** This with another way to write it, of which a point may have one. */
  Setting<T> or(Spelling<T> other) {
    List<Spelling<T>> all = new ArrayList<>(spellings);
    all.add(other);
    return new Setting<>(name, all, preset, field, role, text, columns);
  }

  /** This under another name, and its values told otherwise. */
  Setting<T> named(String other, Function<PointConfig, String> told) {
    return new Setting<>(other, spellings, preset, field, role, told, columns);
  }

  /** This told by its text in a column. */
  Setting<T> column(String title) {
    return column(Column.optional(title, String.class), text::apply);
  }

  /** This told in another column. */
  Setting<T> column(Column column, Function<PointConfig, @Nullable Object> value) {
    List<SettingColumn> more = new ArrayList<>(columns);
    more.add(new SettingColumn(column, value));
    return new Setting<>(name, spellings, preset, field, role, text, more);
  }

  /** What holds where it is not written; asking for it where it must be written is a bug. */
  public T absent() {
    return Objects.requireNonNull(preset).value();
  }

  /** Its keys in a sweep file. */
  public List<String> keys() {
    return spellings.stream().flatMap(spelling -> spelling.keys().stream()).toList();
  }

  /**
   * The values that a sweep file gives.
   *
   * @param root the file's mapping
   * @throws io.dipper.error.UserException with the place of what is wrong or missing
   */
  public List<T> read(YamlMapping root, Path file) {
    List<Spelling<T>> given = spellings.stream().filter(each -> each.isIn(root)).toList();
    if (given.isEmpty()) {
      if (preset == null) {
        throw root.error(missing());
      }
      return List.of(preset.value());
    }
    String key = given.get(0).key();
    if (given.size() > 1) {
      throw root.keyAt(given.get(1).key()).error(key + " is given too; keep one of them");
    }
    if (!role.spans() && root.get(key) instanceof YamlSequence list) {
      throw list.error(key + " is one for the whole sweep; write a single value");
    }
    return given.get(0).values().read(new Written(root, key, file));
  }

  private String missing() {
    String first = spellings.get(0).key();
    String keys =
        spellings.size() == 1
            ? "the key '" + first + "' is missing"
            : spellings.stream()
                    .map(each -> "'" + each.key() + "'")
                    .collect(Collectors.joining(" nor ", "neither ", ""))
                + " is given";
    return keys + "; add e.g. '" + first + ": " + spellings.get(0).example() + "'";
  }

  /**
   * Adds what a sweep file says to give these values.
   *
   * @param folder that the file lies in
   */
  public void write(List<T> values, Path folder, Map<String, Object> onto) {
    Spelling<T> spelling =
        spellings.stream()
            .filter(each -> each.values().writes(values.get(0)))
            .findFirst()
            .orElseThrow();
    List<Object> written =
        values.stream().map(value -> spelling.values().write(value, folder)).toList();
    onto.put(spelling.key(), role.spans() ? written : written.get(0));
  }
}
