package io.dipper.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.fit.DecodeFit;
import io.dipper.hwsim.profile.fit.FlashFit;
import io.dipper.testing.SharedData;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How near fitted devices come to published measurements that they were not fitted to. */
class PublishedDevicesTest {
  @ParameterizedTest
  @CsvSource({
    PublishedDevices.M4_PRO + ", 0.04, 0.08",
    PublishedDevices.RX_7900_XT + ", 0.08, 0.2"
  })
  void decodeSpeeds_arePredicted(String device, double median, double nineInTen) {
    DecodeFit fit = PublishedDevices.decode(SharedData.external("data/devices/decode.csv"), device);
    assertThat(fit.heldError(50)).isLessThanOrEqualTo(median);
    assertThat(fit.heldError(90)).isLessThanOrEqualTo(nineInTen);
    assertThat(fit.processor().getPortEfficiency().getValue()).isBetween(0.5, 0.99);
  }

  @Test
  void aDrivesCurve_isMetByTheAffineFormWithCommandsAndCrowding() throws IOException {
    FlashFit fit = PublishedDevices.drive(SharedData.external("data/devices/flash-curves.csv"));
    assertThat(fit.residuals()).hasSize(12);
    assertThat(fit.rootMeanSquare()).isLessThanOrEqualTo(0.1);
    assertThat(Math.abs(fit.worst())).isLessThanOrEqualTo(0.2);
  }
}
