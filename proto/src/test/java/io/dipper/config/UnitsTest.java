package io.dipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "60 GB/s, BANDWIDTH, 60e9",
    "60GB/s, BANDWIDTH, 60e9",
    "1.5 MiB/s, BANDWIDTH, 1572864",
    "128 KiB, BYTES, 131072",
    "128 KB, BYTES, 128000",
    "128 kB, BYTES, 128000",
    "3.5 GB, BYTES, 3.5e9",
    "8 GiB, BYTES, 8589934592",
    "75 us, TIME, 75e-6",
    "75 µs, TIME, 75e-6",
    "1e-3 s, TIME, 1e-3",
    "46 ns, TIME, 46e-9",
    "35 TOPS, COMPUTE_RATE, 35e12",
    "800 GFLOP/s, COMPUTE_RATE, 8e11",
    "5 pJ/bit, ENERGY_PER_BYTE, 40e-12",
    "0.42 nJ/B, ENERGY_PER_BYTE, 0.42e-9",
    "0.5 pJ/FLOP, ENERGY_PER_FLOP, 0.5e-12",
    "75 %, NUMBER, 0.75",
    "75%, NUMBER, 0.75",
    "0.75, NUMBER, 0.75",
    "32, NUMBER, 32"
  })
  void parse_readsNumberAndUnitExactly(String text, Dimension dimension, double expected) {
    assertThat(Units.parse(text, dimension)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "60e9, BANDWIDTH, 60 GB/s",
    "131072, BYTES, 128 KiB",
    "128000, BYTES, 128 KB",
    "3.5e9, BYTES, 3.5 GB",
    "75e-6, TIME, 75 us",
    "0, TIME, 0 s",
    "0.75, NUMBER, 0.75",
    "4096, BYTES, 4 KiB",
    "40e-12, ENERGY_PER_BYTE, 40 pJ/B",
    "35e12, COMPUTE_RATE, 35 TFLOP/s"
  })
  void print_choosesTheShortestText(double value, Dimension dimension, String expected) {
    assertThat(Units.print(value, dimension)).isEqualTo(expected);
  }

  @Property
  void print_isReadBackToTheSameDouble(
      @ForAll @IntRange(min = 1) int digits,
      @ForAll @IntRange(min = -24, max = 9) int exponent,
      @ForAll Dimension dimension) {
    double decimal = digits * Math.pow(10, exponent);
    assertThat(Units.parse(Units.print(decimal, dimension), dimension)).isEqualTo(decimal);
    double third = decimal / 3;
    assertThat(Units.parse(Units.print(third, dimension), dimension)).isEqualTo(third);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | BANDWIDTH | '60' has no unit; fitting are B/s, KB/s, MB/s, GB/s, TB/s, KiB/s, MiB/s, GiB/s, TiB/s",
        "60 GB | BANDWIDTH | '60 GB' has the unit 'GB'; fitting are B/s, KB/s, MB/s, GB/s, TB/s, KiB/s, MiB/s, GiB/s, TiB/s",
        "6 Gb/s | BANDWIDTH | '6 Gb/s' has the unit 'Gb/s'; that is bits; write an eighth of it in GB/s",
        "6 Mbps | BANDWIDTH | '6 Mbps' has the unit 'Mbps'; that is bits; write an eighth of it in MB/s",
        "6 Gbit | BYTES | '6 Gbit' has the unit 'Gbit'; that is bits; write an eighth of it in GB",
        "75 m | TIME | '75 m' has the unit 'm'; fitting are s, ms, us, ns",
        "fast | TIME | 'fast' is not a quantity; write a number and a unit, e.g. 75 us",
        "8 lanes | NUMBER | '8 lanes' has a unit; write a plain number or a percentage"
      })
  void parse_saysWhichUnitsFit(String text, Dimension dimension, String message) {
    assertThatThrownBy(() -> Units.parse(text, dimension))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  @Test
  void parse_refusesNumbersThatNoDoubleHolds() {
    assertThatThrownBy(() -> Units.parse("1e999 B", Dimension.BYTES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("too large");
  }
}
