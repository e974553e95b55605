package io.dipper.hwsim.profile.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileWarningsTest {
  @TempDir private Path folder;

  static List<String> profiles() {
    return HardwareProfiles.list();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theProfilesThatShip_doNotContradictThemselves(String name) {
    assertThat(HardwareProfiles.resolve(name).warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          snapdragon-8-gen-3 | flash: {lane_bandwidth: 3.9 GB/s} | flash.lane_bandwidth 3.9 GB/s is above flash.max_bandwidth 3.5 GB/s
          snapdragon-8-gen-3 | flash: {sequential_bandwidth: 3 GB/s} | flash.max_bandwidth of random reads 3.5 GB/s is above flash.sequential_bandwidth 3 GB/s
          snapdragon-8-gen-3 | flash: {max_bandwidth: 2.9 GB/s} | flash.sequential_bandwidth 4 GB/s of hardware-profiles/snapdragon-8-gen-3.yaml stands above flash.max_bandwidth 2.9 GB/s
          snapdragon-8-gen-3 | flash: {lanes: 1} | flash.max_bandwidth 3.5 GB/s cannot be reached: 1 lanes of 1.9 GB/s
          snapdragon-8-gen-3 | flash: {queue_depth: 4} | flash.queue_depth 4 is below flash.lanes 8
          snapdragon-8-gen-3 | flash: {command_size: 2 KiB} | flash.command_size 2 KiB is below flash.page_size 4 KiB
          snapdragon-8-gen-3 | flash: {throttle_after: 1 s, throttled_bandwidth: 5 GB/s} | flash.throttled_bandwidth 5 GB/s is not below the cold device's 4 GB/s
          snapdragon-8-gen-3 | dram: {bandwidth: 5 GB/s} | dram.bandwidth, 3750 MB/s with its efficiency, is below Flash's 4 GB/s
          jetson-orin-nano | processor: {peak_fp16: 40 TFLOP/s} | processor.peak_int8 20 TFLOP/s is below processor.peak_fp16 40 TFLOP/s
          paper | energy: {flash_read: 0.4 nJ/B} | energy needs flash_read, dram_access and compute
          oneplus-15r | flash: {max_bandwidth: 1 GB/s} | flash.max_bandwidth 1 GB/s has no effect beside flash.table
          oneplus-15r | flash: {lanes: 16} | flash.lanes 16 are more than flash.table was measured for, 8
          """)
  void aContradiction_isNamedWithItsNumbers(String parent, String section, String warning)
      throws IOException {
    Path file = folder.resolve("own.yaml");
    Files.writeString(file, "extends: " + parent + "\n" + section + "\n");
    assertThat(HardwareProfiles.resolve(file.toString()).warnings())
        .anySatisfy(line -> assertThat(line).contains(warning));
  }

  @Test
  void aProfileThatGivesBothBandwidths_isNotWarnedAbout() throws IOException {
    Path file = folder.resolve("own.yaml");
    Files.writeString(
        file,
        "extends: snapdragon-8-gen-3\n"
            + "flash: {max_bandwidth: 2.9 GB/s, sequential_bandwidth: 3.1 GB/s}\n");
    assertThat(HardwareProfiles.resolve(file.toString()).warnings()).isEmpty();
  }
}
