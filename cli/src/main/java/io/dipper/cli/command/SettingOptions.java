package io.dipper.cli.command;

import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.hwsim.study.setting.Setting.Preset;
import io.dipper.hwsim.study.setting.Spelling;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a point's settings, in the order in which a reader asks for them. */
final class SettingOptions implements IModelTransformer {
  /** In a help, what points are replayed on comes first, then their settings, then the rest. */
  static final int SOURCE_ORDER = -3;

  private static final int ORDER = -2;

  @Override
  public CommandSpec transform(CommandSpec command) {
    PointSettings.byTopic().forEach(setting -> add(setting, command));
    return command;
  }

  private static void add(Setting<?> setting, CommandSpec command) {
    List<OptionSpec> options =
        setting.spellings().stream()
            .filter(spelling -> !spelling.option().isEmpty())
            .map(spelling -> option(setting, spelling))
            .toList();
    if (options.size() > 1) {
      ArgGroupSpec.Builder oneOf = ArgGroupSpec.builder().exclusive(true).multiplicity("0..1");
      options.forEach(oneOf::addArg);
      command.addArgGroup(oneOf.build());
    } else {
      options.forEach(command::addOption);
    }
  }

  private static OptionSpec option(Setting<?> setting, Spelling<?> spelling) {
    boolean isFlag = spelling.label().isEmpty();
    boolean isOnly = setting.spellings().size() == 1;
    OptionSpec.Builder option =
        OptionSpec.builder(spelling.option())
            .order(ORDER)
            .type(isFlag ? boolean.class : String.class)
            .arity(isFlag ? "0" : "1")
            .required(isOnly && setting.preset() == null)
            .description(description(setting, spelling));
    if (!isFlag) {
      option.paramLabel(spelling.label());
    }
    List<String> names = spelling.values().names();
    return names.isEmpty() ? option.build() : option.completionCandidates(names).build();
  }

  private static String description(Setting<?> setting, Spelling<?> spelling) {
    Preset<?> preset = setting.preset();
    String told =
        preset == null || spelling.label().isEmpty() ? "" : " (default: " + preset.told() + ")";
    return (spelling.help() + told + ".").replace("%", "%%");
  }
}
