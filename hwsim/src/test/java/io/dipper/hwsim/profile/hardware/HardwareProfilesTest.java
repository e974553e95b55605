package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.config.MessageReader;
import io.dipper.config.YamlDocument;
import io.dipper.error.UserException;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HardwareProfilesTest {
  static List<String> builtIn() {
    return HardwareProfiles.list();
  }

  @Test
  void theList_isWhatTheFolderHolds() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.root().resolve("hardware-profiles"))) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(HardwareProfiles.list());
    }
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyBuiltIn_resolvesAndIsReadBackFromWhatItShows(String name) {
    ResolvedProfile resolved = HardwareProfiles.resolve(name);

    assertThat(resolved.profile().getName()).isEqualTo(name);
    HardwareProfile.Builder again = HardwareProfile.newBuilder();
    new MessageReader().read(YamlDocument.parse(name, resolved.show()).asMapping("a map"), again);
    assertThat(again.build()).isEqualTo(resolved.profile());
  }

  @Test
  void thePapersDevice_isTwoBandwidthsAndNothingElse() {
    HardwareProfile paper = HardwareProfiles.resolve("paper").profile();

    assertThat(paper.getFlash().getMaxBandwidth().getValue()).isEqualTo(1e9);
    assertThat(paper.getDram().getBandwidth().getValue()).isEqualTo(60e9);
    assertThat(paper.getOverlap()).isEqualTo(Overlap.NONE);
    assertThat(paper.getFlash().getAllFields()).hasSize(1);
    assertThat(paper.getDram().getAllFields()).hasSize(1);
    assertThat(paper.hasProcessor()).isFalse();
    HardwareProfile concurrent = HardwareProfiles.resolve("paper-concurrent").profile();
    assertThat(concurrent.getOverlap()).isEqualTo(Overlap.IO);
    assertThat(concurrent.getFlash()).isEqualTo(paper.getFlash());
    assertThat(concurrent.getDram()).isEqualTo(paper.getDram());
  }

  @Test
  void assumedShare_countsQuantities() {
    assertThat(HardwareProfiles.resolve("paper").assumedShare()).isEqualTo(1);
    // flash: 4 of 9 assumed, cores: 0 of 2, page cache: 2 of 4; dram: 1 of 3; processor: all 6;
    // energy: 2 of 3.
    assertThat(HardwareProfiles.resolve("snapdragon-8-gen-3").assumedShare())
        .isCloseTo(15.0 / 27, within(1e-12));
  }

  @Test
  void aUsersFile_extendsABuiltInOne_andShowsWhereEachValueIsFrom(@TempDir Path folder)
      throws IOException {
    Path base = write(folder, "base.yaml", "extends: paper\nflash:\n  latency: 50 us\n");
    Path mine = write(folder, "mine.yaml", "extends: base.yaml\nflash: {lanes: 4}\n");

    ResolvedProfile resolved = HardwareProfiles.resolve(mine.toString());

    Flash flash = resolved.profile().getFlash();
    assertThat(flash.getMaxBandwidth().getValue()).isEqualTo(1e9);
    assertThat(flash.getLatency().getValue()).isEqualTo(50e-6);
    assertThat(flash.getLanes().getValue()).isEqualTo(4);
    assertThat(resolved.profile().getName()).isEqualTo("mine");
    assertThat(resolved.show().lines())
        .contains(
            "  latency: 50 us # " + base + ":3",
            "  lanes: 4 # " + mine + ":2",
            "overlap: none # hardware-profiles/paper.yaml:7");
  }

  @Test
  void theCoreThatSubmits_givesTheSubmission(@TempDir Path folder) throws IOException {
    String base = "extends: snapdragon-8-gen-3\nflash: ";
    Path little = write(folder, "little.yaml", base + "{submit_from: little}\n");
    Path mine = write(folder, "mine.yaml", base + "{submission: 9 us}\n");
    Path free = write(folder, "free.yaml", "extends: mine.yaml\nflash: {submission: none}\n");
    Path big = write(folder, "big.yaml", "extends: free.yaml\nflash: {submit_from: big}\n");

    assertThat(submission("snapdragon-8-gen-3")).isEqualTo(4.1e-6);
    assertThat(submission(little.toString())).isEqualTo(5.4e-6);
    assertThat(submission(mine.toString())).isEqualTo(9e-6);
    assertThat(submission(free.toString())).isEqualTo(0);
    assertThat(submission(big.toString())).isEqualTo(4.1e-6);
    assertThat(HardwareProfiles.resolve(little.toString()).show())
        .containsPattern("submission: \\{value: 5.4 us, from: derived, .*# .*little.yaml:2");
  }

  private static double submission(String nameOrPath) {
    return HardwareProfiles.resolve(nameOrPath).profile().getFlash().getSubmission().getValue();
  }

  @Test
  void aCircle_isNamed(@TempDir Path folder) throws IOException {
    Path a = write(folder, "a.yaml", "extends: b.yaml\n");
    Path b = write(folder, "b.yaml", "extends: a.yaml\n");

    assertThatThrownBy(() -> HardwareProfiles.resolve(a.toString()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            b
                + ":1:10: profiles extend one another in a circle: "
                + a
                + " -> "
                + b
                + " -> "
                + a
                + "; take one 'extends' out");
  }

  @Test
  void aLongChain_isRefused(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 10; i++) {
      write(folder, "p" + i + ".yaml", "extends: p" + (i + 1) + ".yaml\n");
    }
    assertThatThrownBy(() -> HardwareProfiles.resolve(folder.resolve("p0.yaml").toString()))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("p7.yaml:1:10: more than 8 profiles extend one another; join some");
  }

  @Test
  void anUnknownName_isAnsweredWithTheNearest() {
    assertThatThrownBy(() -> HardwareProfiles.resolve("aple-a18"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no built-in profile 'aple-a18'; did you mean 'apple-a18'? (a file's name ends"
                + " in .yaml)");
    assertThatThrownBy(() -> HardwareProfiles.resolve("nowhere/x.yaml"))
        .isInstanceOf(UserException.class)
        .hasMessage("nowhere/x.yaml: there is no such file");
  }

  private static Path write(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
