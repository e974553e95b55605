package io.dipper.hwsim.study.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.setting.Setting.Preset;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of settings says what their declarations say. */
final class SettingsPageTest {
  @Test
  void theTable_isThatOfTheDeclarations() throws IOException {
    String page = Files.readString(SharedData.root().resolve("docs/settings.md"));
    assertThat(page).contains(table());
  }

  private static String table() {
    return "| key | option | value | default | what it is |\n|---|---|---|---|---|\n"
        + PointSettings.byTopic().stream()
            .flatMap(setting -> setting.spellings().stream().map(each -> line(setting, each)))
            .collect(Collectors.joining("\n"));
  }

  private static <T> String line(Setting<T> setting, Spelling<?> spelling) {
    Preset<T> preset = setting.preset();
    String option = spelling.option().isEmpty() ? "–" : code(spelling.option());
    String absent = preset == null ? "–" : preset.told();
    return Stream.of(
            code(String.join("`, `", spelling.keys())),
            option,
            spelling.values().expected(),
            absent,
            spelling.help())
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
