package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.ConfigDigest;
import io.dipper.proto.Effect;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.PointConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceRangesTest {
  @TempDir Path folder;

  private static final String PHONE =
      """
      flash:
        max_bandwidth: {value: 2 GB/s, range: [1.5, 2.5]}
        latency: {value: 80 us, range: [70, 110]}
        cores:
          - {name: big, submission: {value: 4 us, range: [3, 5]}}
          - {name: little, submission: {value: 8 us, range: [6, 9]}}
        submit_from: big
        page_size: {value: 4 KiB, range: [4 KiB, 16 KiB]}
        queue_depth: {value: 32, range: [32, 32]}
      dram:
        capacity: {value: 8 GB, range: [8, 12]}
        bandwidth: 60 GB/s
      energy: {flash_read: {value: 1 nJ/B, range: [0.5, 2]}}
      """;

  @Test
  void numbers_areThoseThatMayChangeATime_eachWithItsDirection() throws IOException {
    List<RangedNumber> numbers = DeviceRanges.of(profile("phone", PHONE)).numbers();
    assertThat(numbers.stream().map(n -> n.name() + " " + n.more()))
        .containsExactly(
            "flash.max_bandwidth " + Effect.SPEEDS_UP,
            "flash.latency " + Effect.SLOWS_DOWN,
            "flash.page_size " + Effect.EITHER_WAY,
            "flash.submission " + Effect.SLOWS_DOWN);
    assertThat(numbers.get(1).range()).isEqualTo(new RangedNumber.Ends(70e-6, 110e-6));
    assertThat(numbers.get(1).text(110e-6)).isEqualTo("110 us");
    assertThat(numbers.get(3).value()).isEqualTo(4e-6);
  }

  @Test
  void with_changesTheNamedNumbersAlone() throws IOException {
    HardwareProfile phone = profile("phone", PHONE);
    HardwareProfile other =
        DeviceRanges.of(phone).with(Map.of("flash.latency", 1e-4, "flash.page_size", 8192.0));
    HardwareProfile.Builder expected = phone.toBuilder();
    expected.getFlashBuilder().getLatencyBuilder().setValue(1e-4);
    expected.getFlashBuilder().getPageSizeBuilder().setValue(8192);
    assertThat(other).isEqualTo(expected.build());
  }

  @Test
  void anotherValueInAFileThatExtends_hasNoRangeOfTheOldOne() throws IOException {
    profile("phone", PHONE);
    HardwareProfile mine = profile("mine", "extends: phone.yaml\nflash: {latency: 90 us}\n");
    assertThat(DeviceRanges.of(mine).numbers().stream().map(RangedNumber::name))
        .doesNotContain("flash.latency")
        .contains("flash.max_bandwidth");
  }

  @Test
  void theDigest_coversRanges() throws IOException {
    String bare = "flash: {max_bandwidth: 2 GB/s}\ndram: {bandwidth: %s}\n";
    String digest = digest(profile("d", bare.formatted("60 GB/s")));
    assertThat(digest(profile("d", bare.formatted("{value: 60 GB/s, from: assumed}"))))
        .isEqualTo(digest);
    String narrow = digest(profile("d", bare.formatted("{value: 60 GB/s, range: [50, 70]}")));
    String wide = digest(profile("d", bare.formatted("{value: 60 GB/s, range: [50, 71]}")));
    assertThat(List.of(digest, narrow, wide)).doesNotHaveDuplicates();
  }

  /** Of the paper's devices nothing is measured, and nothing needs to be: they are definitions. */
  @ParameterizedTest
  @MethodSource("io.dipper.hwsim.profile.hardware.HardwareProfilesTest#builtIn")
  void everyBuiltInDeviceButThePapers_hasARange(String name) {
    assertThat(DeviceRanges.of(HardwareProfiles.resolve(name).profile()).numbers().isEmpty())
        .isEqualTo(name.startsWith("paper"));
  }

  private static String digest(HardwareProfile device) {
    return ConfigDigest.of(PointConfig.newBuilder().setHardware(device).build()).sha256();
  }

  private HardwareProfile profile(String name, String yaml) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, yaml);
    return HardwareProfiles.resolve(file.toString()).profile();
  }
}
