package io.dipper.cli.command;

import io.dipper.error.UserException;
import io.dipper.files.CommandFiles;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.hwsim.study.setting.Spelling;
import io.dipper.proto.PointConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.ParseResult;

/** The settings of a point, as options give them. */
final class GivenSettings {
  private final Map<Setting<?>, Object> values = new LinkedHashMap<>();
  private final Map<Setting<?>, Spelling<?>> spellings = new LinkedHashMap<>();

  private GivenSettings() {}

  /**
   * Reads the options of a command that has {@link SettingOptions}.
   *
   * @throws UserException if a value is none
   */
  static GivenSettings of(ParseResult options) {
    GivenSettings given = new GivenSettings();
    PointSettings.byTopic().forEach(setting -> given.read(setting, options));
    return given;
  }

  private <T> void read(Setting<T> setting, ParseResult options) {
    for (Spelling<T> spelling : setting.spellings()) {
      if (!spelling.option().isEmpty() && options.hasMatchedOption(spelling.option())) {
        String text = String.valueOf((Object) options.matchedOptionValue(spelling.option(), ""));
        spellings.put(setting, spelling);
        values.put(setting, parse(spelling, text));
      }
    }
  }

  /** A message about nothing but the text gets the option's name. */
  private static <T> T parse(Spelling<T> spelling, String text) {
    try {
      return spelling.values().parse(text);
    } catch (UserException e) {
      String what = String.valueOf(e.getMessage());
      throw what.startsWith("'")
          ? new UserException(spelling.option() + " " + text + ": " + what, e)
          : e;
    }
  }

  /** The value of a setting that is required. */
  @SuppressWarnings("unchecked")
  <T> T get(Setting<T> setting) {
    return (T) Objects.requireNonNull(values.get(setting));
  }

  /** A configuration with these settings, and the presets of the others. */
  PointConfig config() {
    PointConfig.Builder config = PointConfig.newBuilder();
    PointSettings.ALL.forEach(setting -> put(setting, config));
    return config.build();
  }

  private <T> void put(Setting<T> setting, PointConfig.Builder config) {
    if (values.containsKey(setting)) {
      setting.field().put().accept(config, get(setting));
    } else if (setting.preset() != null) {
      setting.field().put().accept(config, setting.absent());
    }
  }

  /** Adds the files that values are read from, by their options. */
  void addInputs(CommandFiles files) {
    values.keySet().forEach(setting -> addInputs(setting, files));
  }

  @SuppressWarnings("unchecked")
  private <T> void addInputs(Setting<T> setting, CommandFiles files) {
    Spelling<T> spelling = (Spelling<T>) Objects.requireNonNull(spellings.get(setting));
    spelling.values().inputs(get(setting)).forEach(file -> files.reads(spelling.option(), file));
  }
}
