package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightTimesTest {
  private static final String SHORT =
      """
      extends: apple-a18
      processor:
        dequantise: {q8_0: 20 Gweights/s}
        multiply_per_vector: {q8_0: 10 ns}
      """;
  private static final String LONG =
      """
        long_vectors:
        - {length: 2000, dequantise: {q8_0: 16 Gweights/s}}
        - {length: 4000, dequantise: {q8_0: 8 Gweights/s}}
      """;

  @TempDir private Path folder;

  private WeightTimes times(String profile) throws IOException {
    Path file = Files.writeString(folder.resolve("device.yaml"), profile);
    return WeightTimes.of(HardwareProfiles.resolve(file.toString()).profile().getProcessor());
  }

  /** Picoseconds of a weight: 50, and 10 ns for all of a row; then as the lengths say. */
  @ParameterizedTest
  @CsvSource({
    "0, 50",
    "100, 150",
    "1000, 60",
    "2000, 62.5",
    "3000, 93.75",
    "4000, 125",
    "9e9, 125"
  })
  void aWeight_takesWhatItsRowsLengthSays(double length, double picoseconds) throws IOException {
    assertThat(times(SHORT + LONG).seconds(8.5, length) * 1e12)
        .isCloseTo(picoseconds, within(1e-9));
  }

  @Test
  void withoutLengths_longRowsAreAsFastAsOthers() throws IOException {
    assertThat(times(SHORT).seconds(8.5, 1e6) * 1e12).isCloseTo(50.01, within(1e-9));
  }
}
