package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code dipper hardware probe}: a benchmark of a profile's Flash. */
class HardwareProbeTest {
  @Test
  void aMeasuredDevice_isMeasuredAgain() {
    assertThat(probe("oneplus-15r", "128KiB", 4).succeeds().lines().toList().get(1))
        .startsWith("1558.3 MB/s (1486.1 MiB/s)")
        .containsPattern(" 11889 +336 us$");
  }

  @Test
  void anAffineDevice_followsItsFormula() {
    // 4 KiB at 1 GB/s: 244,141 reads per second.
    assertThat(probe("paper", "4 KiB", 1).succeeds()).contains("1000.0 MB/s", " 244141 ");
  }

  @Test
  void whatCannotBeProbed_isSaid() {
    assertThat(probe("oneplus-15", "128KiB", 4).isRefused()).contains("'oneplus-15r'");
    assertThat(probe("paper", "128", 4).isRefused()).contains("'128' has no unit");
    assertThat(probe("paper", "2 GB", 4).isRefused()).contains("--read 2 GB is out of range");
    assertThat(probe("paper", "128KiB", 0).isRefused()).contains("--lanes 0 is out of range");
    assertThat(dipper("hardware", "probe", "paper").isRefused()).contains("--read");
  }

  private static Run probe(String profile, String read, int lanes) {
    return dipper("hardware", "probe", profile, "--read", read, "--lanes", lanes);
  }
}
