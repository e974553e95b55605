package io.dipper.hwsim.study.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.config.YamlDocument;
import io.dipper.hwsim.study.setting.PointSettings;
import io.dipper.hwsim.study.setting.Setting;
import io.dipper.hwsim.study.setting.Spelling;
import io.dipper.proto.PointConfig;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting is known to sweep files by its declaration alone. */
final class AddedSettingTest {
  /** One that no code but this declaration knows; it is kept where runs without a trace do. */
  private static final Setting<Long> ADDED =
      PointSettings.SEED.like(
          "added_setting",
          config -> (long) config.getTokens(),
          (config, value) -> config.setTokens(value.intValue()));

  @TempDir Path folder;

  private Grid read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), yaml);
    return Grid.read(
        Stream.concat(PointSettings.ALL.stream(), Stream.of(ADDED)).toList(),
        YamlDocument.read(file).asMapping("a mapping"),
        file);
  }

  @Test
  void aDeclaredSetting_spansTheGrid_andIsWrittenBack() throws IOException {
    Grid grid = read("hardware: paper\ndram: 80%\npolicy: dense\nadded_setting: [3, 5]\n");
    assertThat(grid.points()).extracting(PointConfig::getTokens).containsExactly(3, 5);
    Map<String, Object> written = new LinkedHashMap<>();
    grid.write(folder, grid.points().get(0), written);
    assertThat(written).containsEntry("added_setting", List.of(3L, 5L));
  }

  @Test
  void aSettingThatIsNotWritten_hasItsPreset() throws IOException {
    Grid grid = read("hardware: paper\ndram: 80%\npolicy: dense\n");
    assertThat(grid.points()).extracting(PointConfig::getTokens).containsExactly(0);
  }

  @Test
  void everySetting_comesBackFromTheResolvedFile() throws IOException {
    String every =
        """
        accounting: [des, paper]
        hardware: [apple-a18, paper]
        backend: [default, gpu]
        layout: [bundled, column-major]
        unit_order: co-activation
        max_gap: [0, 64 KiB]
        min_request: 16 KiB
        speculation: previous-layer
        cache_fraction: 0.25..0.75 step 0.25
        cache: [lru, {two-queue: {in: [25%%, 0.5]}}]
        overflow: [random, by-score]
        cache_start: carried
        policy: [dense, {dip: {density: [0.4, 0.5]}}]
        adapter: [none, %1$s, "fused:%1$s"]
        window: [1, 4]
        accepted: [all, 60%%, 2.5]
        block_length: 128
        prompt_length: 16
        bits: {mlp: 4.5, head: 8}
        stream_static: true
        seed: [1, 2]
        """
            .formatted(SharedData.testdata("adapters/bookworm-random"));
    SweepSpec spec = SweepReader.read(Files.writeString(folder.resolve("s.yaml"), every));
    assertThat(PointSettings.ALL)
        .allMatch(setting -> setting.keys().stream().anyMatch(key -> every.contains(key + ":")));
    String resolved = SweepWriter.write(spec, folder, spec.points().get(0));
    Path again = Files.writeString(folder.resolve("again.yaml"), resolved);
    assertThat(SweepReader.read(again).points()).isEqualTo(spec.points());
  }

  @Test
  void theCommandsAndTheSweep_nameNoSettingThemselves() throws IOException {
    List<Path> files =
        Stream.of(
                "hwsim/src/main/java/io/dipper/hwsim/study/sweep",
                "hwsim/src/main/java/io/dipper/hwsim/study/verdict",
                "cli/src/main/java/io/dipper/cli/command/SimulateCommand.java",
                "cli/src/main/java/io/dipper/cli/command/SettingOptions.java",
                "cli/src/main/java/io/dipper/cli/command/GivenSettings.java")
            .map(path -> SharedData.root().resolve(path))
            .flatMap(AddedSettingTest::sources)
            .toList();
    assertThat(files).hasSizeGreaterThan(10);
    for (Path file : files) {
      String source = Files.readString(file);
      for (Setting<?> setting : PointSettings.ALL) {
        for (Spelling<?> spelling : setting.spellings()) {
          assertThat(source)
              .as(file.toString())
              .doesNotContain("\"" + spelling.key() + "\"", "\"--" + spelling.key() + "\"");
        }
      }
    }
  }

  private static Stream<Path> sources(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
