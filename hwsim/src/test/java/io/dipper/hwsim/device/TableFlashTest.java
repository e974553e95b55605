package io.dipper.hwsim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.hardware.HardwareProfiles;
import io.dipper.proto.Extrapolate;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFlashTest {
  private static final Percentage EXACT = Percentage.withPercentage(1e-9);

  /** The published curve of the OnePlus 15R in MiB/s, at 2, 4 and 8 lanes. */
  @ParameterizedTest(name = "{0} KiB")
  @CsvSource({
    "128, 953.6, 1486.1, 1858.8",
    "256, 1536.4, 2099.4, 2144.2",
    "512, 1882.4, 2114.0, 2108.2",
    "1024, 2084.8, 2235.3, 2251.4",
    "2048, 2043.7, 2155.4, 2063.5",
    "4096, 2172.0, 2205.7, 2263.0",
    "8192, 2529.2, 2558.1, 2474.1"
  })
  void aProbe_reproducesEveryMeasuredPoint(int kib, double two, double four, double eight) {
    Flash flash = HardwareProfiles.resolve("oneplus-15r").profile().getFlash();
    double[] measured = {two, four, eight};
    for (int i = 0; i < measured.length; i++) {
      int lanes = 2 << i;
      FlashProbe probe = FlashProbe.of(flash, kib * 1024.0, lanes);
      assertThat(probe.bytesPerSecond() / (1 << 20))
          .isCloseTo(measured[i], Percentage.withPercentage(1e-6));
      assertThat(probe.requestsPerSecond())
          .isCloseTo(measured[i] * 1024 / kib, Percentage.withPercentage(1e-6));
      assertThat(probe.latencySeconds() * probe.requestsPerSecond()).isCloseTo(lanes, EXACT);
    }
  }

  @Test
  void betweenPoints_logarithmsAreLinear() {
    TableFlash flash = flash(Extrapolate.ERROR, 0);
    // Twice the size between 4 and 16 KiB, on the way from 100 to 400 MB/s: a limit of requests.
    assertThat(flash.requestsSeconds(1, 8192)).isCloseTo(8192 / 200e6, EXACT);
    // Two lanes between one and four, on the way from 100 to 400 MB/s.
    assertThat(flash.requestsSeconds(2, 4096)).isCloseTo(2 * 4096 / 200e6, EXACT);
    // Both at once: halfway between 100, 400, 400 and 900 MB/s in logarithms.
    assertThat(flash.requestsSeconds(2, 8192))
        .isCloseTo(2 * 8192 / Math.pow(100e6 * 400e6 * 400e6 * 900e6, 0.25), EXACT);
  }

  @Test
  void reads_goInRoundsOfTheLanes() {
    TableFlash flash = flash(Extrapolate.ERROR, 0);
    assertThat(flash.requestsSeconds(9, 4096))
        .isCloseTo(2 * 4 * 4096 / 400e6 + 4096 / 100e6, EXACT);
    assertThat(flash.requestsSeconds(8, 16384)).isCloseTo(2 * 4 * 16384 / 900e6, EXACT);
  }

  @Test
  void pages_areReadWhole() {
    TableFlash flash = flash(Extrapolate.ERROR, 4096);
    assertThat(flash.bytesRead(4097)).isEqualTo(8192);
    assertThat(flash.requestsSeconds(4, 100)).isCloseTo(4 * 4096 / 400e6, EXACT);
  }

  @Test
  void aStream_usesAllLanesAndTheLargestReads() {
    TableFlash flash = flash(Extrapolate.ERROR, 0);
    assertThat(flash.streamSeconds(16384e3, false)).isCloseTo(16384e3 / 900e6, EXACT);
    assertThat(flash.streamSeconds(16384 * 5, true)).isCloseTo(16384 * 5 / 900e6, EXACT);
    assertThat(flash.streamSeconds(16384 * 5, false))
        .isCloseTo(16384 * 4 / 900e6 + 16384 / 400e6, EXACT);
  }

  @Test
  void outsideTheTable_isAnError() {
    TableFlash flash = flash(Extrapolate.ERROR, 0);
    assertThatThrownBy(() -> flash.requestsSeconds(1, 2048))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "flash.table does not tell of reads of 2 KiB, it goes from 4 KiB to 16 KiB; measure"
                + " them, or write 'extrapolate: clamp'");
    assertThatThrownBy(() -> FlashProbe.of(profile(Extrapolate.ERROR, 0), 4096, 5))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lanes: 5, it goes from 1 to 4;");
  }

  @Test
  void clamped_nothingOutsideIsFasterThanTheEdge() {
    TableFlash flash = flash(Extrapolate.CLAMP, 0);
    // A smaller read takes as long as the smallest.
    assertThat(flash.requestsSeconds(4, 512)).isEqualTo(flash.requestsSeconds(4, 4096));
    // A larger one has the throughput of the largest.
    assertThat(flash.requestsSeconds(4, 65536)).isCloseTo(4 * 65536 / 900e6, EXACT);
    // More lanes have the throughput of the most.
    assertThat(FlashProbe.of(profile(Extrapolate.CLAMP, 0), 4096, 32).bytesPerSecond())
        .isCloseTo(400e6, Percentage.withPercentage(1e-6));
    // One read alone takes as long as one beside the fewest that were measured.
    Flash phone = HardwareProfiles.resolve("oneplus-15r").profile().getFlash();
    assertThat(new TableFlash(phone).requestsSeconds(1, 131072))
        .isEqualTo(new TableFlash(phone).requestsSeconds(2, 131072));
  }

  private static TableFlash flash(Extrapolate extrapolate, double pageSize) {
    return new TableFlash(profile(extrapolate, pageSize));
  }

  /** 4 and 16 KiB by 1 and 4 lanes: 100, 400 and 400, 900 MB/s. */
  private static Flash profile(Extrapolate extrapolate, double pageSize) {
    Flash.Builder flash = Flash.newBuilder();
    flash.getPageSizeBuilder().setValue(pageSize);
    FlashTable.Builder table = flash.getTableBuilder().setExtrapolate(extrapolate);
    table.addAllLanes(List.of(1.0, 4.0));
    table.addRows(row(4096, 100e6, 400e6)).addRows(row(16384, 400e6, 900e6));
    return flash.build();
  }

  private static FlashTableRow row(double size, Double... throughputs) {
    return FlashTableRow.newBuilder().setSize(size).addAllThroughput(List.of(throughputs)).build();
  }
}
