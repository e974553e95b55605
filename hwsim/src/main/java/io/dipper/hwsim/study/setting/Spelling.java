package io.dipper.hwsim.study.setting;

import io.dipper.config.YamlMapping;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way to write a setting; most have one.
 *
 * @param key in a sweep file
 * @param option on the command line, e.g. {@code --order}; empty for none
 * @param label of the option's value, e.g. {@code ORDER}; empty where it takes none
 * @param help what it is, in a sentence
 * @param example of a sweep file's values, for who forgot them
 */
public record Spelling<T>(
    String key, SettingValues<T> values, String option, String label, String help, String example) {
  /** One without an option. */
  static <T> Spelling<T> of(String key, SettingValues<T> values, String help) {
    return new Spelling<>(key, values, "", "", help, "...");
  }

  /** This with an option. */
  Spelling<T> option(String name, String valueLabel) {
    return new Spelling<>(key, values, name, valueLabel, help, example);
  }

  /** This with an example. */
  Spelling<T> example(String text) {
    return new Spelling<>(key, values, option, label, help, text);
  }

  /** Its key, and those that say more of its values. */
  public List<String> keys() {
    return Stream.concat(Stream.of(key), values.modifiers().stream()).toList();
  }

  boolean isIn(YamlMapping root) {
    return keys().stream().anyMatch(name -> root.get(name) != null);
  }
}
