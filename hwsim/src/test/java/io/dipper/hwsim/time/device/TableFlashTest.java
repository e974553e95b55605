package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.proto.Extrapolate;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
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
      FlashProbe probe = FlashProbe.of(flash, ProbeLoad.closed(kib * 1024.0, lanes));
      assertThat(probe.bytesPerSecond() / (1 << 20))
          .isCloseTo(measured[i], Percentage.withPercentage(1e-6));
      assertThat(probe.requestsPerSecond())
          .isCloseTo(measured[i] * 1024 / kib, Percentage.withPercentage(1e-6));
      assertThat(probe.latencies().mean() * probe.requestsPerSecond()).isCloseTo(lanes, EXACT);
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
    assertThatThrownBy(
            () -> FlashProbe.of(profile(Extrapolate.ERROR, 0), ProbeLoad.closed(4096, 5)))
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
    assertThat(
            FlashProbe.of(profile(Extrapolate.CLAMP, 0), ProbeLoad.closed(4096, 32))
                .bytesPerSecond())
        .isCloseTo(400e6, Percentage.withPercentage(1e-6));
    // One read alone takes as long as one beside the fewest that were measured.
    Flash phone = HardwareProfiles.resolve("oneplus-15r").profile().getFlash();
    assertThat(new TableFlash(phone).requestsSeconds(1, 131072))
        .isEqualTo(new TableFlash(phone).requestsSeconds(2, 131072));
  }

  @Test
  void ranges_areInterpolatedInTheirLogarithm_andTheRowWithoutOneHoldsBeyond() {
    TableFlash flash = new TableFlash(ranged(Extrapolate.CLAMP));
    assertThat(flash.requestsSeconds(1, 4096, 1 << 20)).isCloseTo(4096 / 900e6, EXACT);
    // Halfway between 1 and 16 MiB in the logarithm, between 900 and 400 MB/s.
    assertThat(flash.requestsSeconds(1, 4096, 1 << 22)).isCloseTo(4096 / 600e6, EXACT);
    assertThat(flash.requestsSeconds(1, 4096, 1 << 24)).isCloseTo(4096 / 400e6, EXACT);
    assertThat(flash.requestsSeconds(1, 4096, (1 << 24) + 1)).isCloseTo(4096 / 100e6, EXACT);
    assertThat(flash.requestsSeconds(1, 4096)).isCloseTo(4096 / 100e6, EXACT);
    // Nothing is faster than the smallest range that was measured.
    assertThat(flash.requestsSeconds(1, 4096, 4096)).isCloseTo(4096 / 900e6, EXACT);
    // A size whose only row has no range does not depend on it.
    assertThat(flash.requestsSeconds(1, 16384, 1 << 20)).isCloseTo(16384 / 900e6, EXACT);
    // Between the sizes each has its own ranges: halfway between 400 and 900 MB/s.
    assertThat(flash.requestsSeconds(1, 8192, 1 << 24)).isCloseTo(8192 / 600e6, EXACT);
  }

  @Test
  void outsideTheRanges_isAnError() {
    TableFlash flash = new TableFlash(ranged(Extrapolate.ERROR));
    assertThat(flash.requestsSeconds(1, 4096)).isCloseTo(4096 / 100e6, EXACT);
    assertThat(flash.requestsSeconds(1, 16384, 4096)).isCloseTo(16384 / 900e6, EXACT);
    assertThatThrownBy(() -> flash.requestsSeconds(1, 4096, 65536))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "flash.table does not tell of reads within 64 KiB, it goes from 1 MiB to the whole"
                + " device; measure them, or write 'extrapolate: clamp'");
    Flash.Builder confined = ranged(Extrapolate.ERROR).toBuilder();
    confined.getTableBuilder().removeRows(2);
    assertThatThrownBy(() -> new TableFlash(confined.build()).requestsSeconds(1, 4096))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("reads within the whole device, it goes from 1 MiB to 16 MiB;");
  }

  @Test
  void withASequentialBandwidth_streamsGoAtIt() {
    Flash.Builder profile = profile(Extrapolate.ERROR, 0).toBuilder();
    profile.getSequentialBandwidthBuilder().setValue(2e9);
    TableFlash flash = new TableFlash(profile.build());
    assertThat(flash.streamSeconds(1e9, true)).isCloseTo(0.5, EXACT);
    assertThat(flash.streamSeconds(1e9, false)).isCloseTo(0.5, EXACT);
    // A short one is no sooner than the smallest read that was measured, whatever came before.
    assertThat(flash.streamSeconds(512, false)).isCloseTo(4096 / 100e6, EXACT);
    assertThat(flash.streamSeconds(512, true)).isCloseTo(4096 / 100e6, EXACT);
    // One command of 16 KiB is alone on its device; of four, all are in flight at once.
    assertThat(flash.streamSeconds(16384, false)).isCloseTo(16384 / 400e6, EXACT);
    assertThat(flash.streamSeconds(4 * 16384, false)).isCloseTo(4 * 16384 / 900e6, EXACT);
    assertThat(flash.streamSeconds(4 * 16384, true)).isCloseTo(4 * 16384 / 900e6, EXACT);
  }

  @Test
  void aStream_goesInTheReadsThatItWasMeasuredWith() {
    Flash.Builder profile = profile(Extrapolate.ERROR, 0).toBuilder();
    profile.getSequentialBandwidthBuilder().setValue(2e9);
    profile.getStreamReadBuilder().setValue(4096);
    assertThat(new TableFlash(profile.build()).streamRequests(16 * 4096)).isEqualTo(16);
    // The first of them are as many as there are lanes, or as a stream has in flight.
    assertThat(new TableFlash(profile.build()).streamSeconds(4 * 4096, false))
        .isCloseTo(4 * 4096 / 400e6, EXACT);
    profile.getStreamLanesBuilder().setValue(1);
    assertThat(new TableFlash(profile.build()).streamSeconds(4 * 4096, false))
        .isCloseTo(4096 / 100e6, EXACT);
    double bytes = 4000 * 4096;
    assertThat(new TableFlash(profile.build()).streamSeconds(bytes, false))
        .isCloseTo(bytes / 2e9, EXACT);
  }

  /** Where it lies in many places, its reads are shorter than those that its bandwidth is of. */
  @Test
  void aStreamInShorterReads_isSlowerByAsMuchAsRandomReadsOfThatSizeAre() {
    Flash.Builder profile = profile(Extrapolate.ERROR, 0).toBuilder();
    profile.getSequentialBandwidthBuilder().setValue(800e6);
    profile.getStreamReadBuilder().setValue(16384);
    TableFlash flash = new TableFlash(profile.build());
    double bytes = 64 * 16384;
    assertThat(flash.streamSeconds(bytes, 64, true)).isCloseTo(bytes / 800e6, EXACT);
    // Four reads of 4 KiB in flight come at 400 MB/s, of 16 KiB at 900.
    assertThat(flash.streamSeconds(bytes, 256, true)).isCloseTo(bytes / (800e6 * 400 / 900), EXACT);
    // Nobody knows what reads its bandwidth is of where the profile does not say.
    profile.clearStreamRead();
    assertThat(new TableFlash(profile.build()).streamSeconds(bytes, 256, true))
        .isCloseTo(bytes / 800e6, EXACT);
  }

  /**
   * More of what was measured faster is never slower: throughputs, and the sequential bandwidth.
   */
  @Property
  void aFasterTable_isNeverSlower(
      @ForAll @IntRange(min = 1, max = 300) int requests,
      @ForAll @IntRange(min = 1, max = 100_000) int size,
      @ForAll @IntRange(min = 1, max = 100_000_000) int span,
      @ForAll @IntRange(min = 0, max = 3) int row,
      @ForAll @DoubleRange(min = 1, max = 10) double factor) {
    Flash slow = ranged(Extrapolate.CLAMP);
    Flash.Builder fast = slow.toBuilder();
    FlashTableRow.Builder faster = fast.getTableBuilder().getRowsBuilder(row);
    faster.setThroughput(0, faster.getThroughput(0) * factor);
    assertThat(new TableFlash(fast.build()).requestsSeconds(requests, size, span))
        .isLessThanOrEqualTo(
            new TableFlash(slow).requestsSeconds(requests, size, span) * (1 + 1e-12));
  }

  /** One lane; 4 KiB within 1 MiB, 16 MiB and anywhere: 900, 400, 100 MB/s; 16 KiB: 900 MB/s. */
  private static Flash ranged(Extrapolate extrapolate) {
    Flash.Builder flash = Flash.newBuilder();
    FlashTable.Builder table = flash.getTableBuilder().setExtrapolate(extrapolate);
    table.addLanes(1).addRows(row(4096, 900e6).toBuilder().setRange(1 << 20));
    table.addRows(row(4096, 400e6).toBuilder().setRange(1 << 24)).addRows(row(4096, 100e6));
    table.addRows(row(16384, 900e6));
    return flash.build();
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
