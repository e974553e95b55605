package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Dequantise;
import io.dipper.proto.Processor;
import io.dipper.proto.Quantity;
import io.dipper.weight.SecondsByType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorRatesTest {
  private static final Processor ALL =
      Processor.newBuilder()
          .setPeak(q(1e9))
          .setPeakInt4(q(8e9))
          .setPeakInt8(q(4e9))
          .setPeakFp16(q(2e9))
          .build();

  /** The widths of the types that model files have, scales included. */
  @ParameterizedTest
  @CsvSource({
    "2.625, 8e9",
    "4, 8e9",
    "4.5, 8e9",
    "5, 8e9",
    "5.5, 4e9",
    "6.5625, 4e9",
    "8, 4e9",
    "8.5, 4e9",
    "16, 2e9",
    "32, 2e9"
  })
  void theRateOfAMatrix_isThatOfItsWeightsBits(double bits, double peak) {
    assertThat(ProcessorRates.of(ALL).secondsPerFlop(bits)).isEqualTo(1 / peak);
  }

  @Test
  void aMissingRate_isTheNextWiderOne_andAtLastThePeak() {
    Processor noInt4 = ALL.toBuilder().clearPeakInt4().build();
    assertThat(ProcessorRates.of(noInt4).secondsPerFlop(4)).isEqualTo(1 / 4e9);
    Processor fp16 = noInt4.toBuilder().clearPeakInt8().build();
    assertThat(ProcessorRates.of(fp16).secondsPerFlop(4)).isEqualTo(1 / 2e9);
    Processor peak = fp16.toBuilder().clearPeakFp16().build();
    assertThat(ProcessorRates.of(peak).secondsPerFlop(4)).isEqualTo(1 / 1e9);
    assertThat(ProcessorRates.of(peak).secondsPerFlop(16)).isEqualTo(1 / 1e9);
    Processor int8 = peak.toBuilder().setPeakInt8(q(4e9)).build();
    assertThat(ProcessorRates.of(int8).secondsPerFlop(16)).isEqualTo(1 / 1e9);
  }

  @Test
  void everyRate_isScaledByTheEfficiency_andNoneIsFree() {
    Processor half = ALL.toBuilder().setEfficiency(q(0.5)).build();
    assertThat(ProcessorRates.of(half).secondsPerFlop(16)).isEqualTo(1 / 1e9);
    assertThat(ProcessorRates.of(Processor.getDefaultInstance()).secondsPerFlop(4)).isZero();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }

  @Test
  void weightsBetweenTwoTypes_takeTheTimeOfTheirMixture() {
    SecondsByType rates =
        SecondsByType.of(Dequantise.newBuilder().setQ4K(q(100e9)).setQ6K(q(50e9)).build());
    double half = (4.5 + 6.5625) / 2;
    assertThat(rates.seconds(half)).isCloseTo(1.5 / 100e9, within(1e-18));
    assertThat(rates.seconds(4.5)).isEqualTo(1 / 100e9);
    assertThat(rates.seconds(6.5625)).isEqualTo(1 / 50e9);
    assertThat(rates.seconds(2)).isEqualTo(1 / 100e9);
    assertThat(rates.seconds(16)).isEqualTo(1 / 50e9);
    assertThat(SecondsByType.of(Dequantise.getDefaultInstance()).seconds(4)).isZero();
  }

  @Test
  void ofTypesOfTheSameBits_theSimplerCounts() {
    Dequantise.Builder rates = Dequantise.newBuilder().setQ4K(q(100e9)).setQ40(q(200e9));
    assertThat(SecondsByType.of(rates.build()).seconds(4.5)).isEqualTo(1 / 200e9);
  }
}
