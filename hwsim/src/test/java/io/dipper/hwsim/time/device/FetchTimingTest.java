package io.dipper.hwsim.time.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.proto.Flash;
import io.dipper.proto.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fetch is its reads, a hand-over, and the copies of what was read. */
class FetchTimingTest {
  private static final double SEQUENTIAL = 4e9;
  private static final double HAND_OVER = 70e-6;
  private static final double PER_LANE = 3e-6;
  private static final double COPY = 9e9;
  private static final double LATENCY = 100e-6;
  private static final double LANE = 1e9;
  private static final double EXACT = 1e-12;

  /** A device that does nothing else reads in rounds of its lanes; then all is copied. */
  @ParameterizedTest
  @CsvSource({"1, 1", "4, 1", "1, 4", "4, 4", "5, 4", "12, 4", "381, 32"})
  void reads_areHandedOverAndCopied(int reads, int lanes) {
    double size = 40960;
    double[] lane = new double[lanes];
    for (int read = 0; read < reads; read++) {
      lane[read % lanes] += LATENCY + size / LANE;
    }
    double last = 0;
    for (double end : lane) {
      last = Math.max(last, end);
    }
    assertThat(timing(lanes, false).requestsSeconds(reads, size))
        .isCloseTo(
            HAND_OVER + (Math.min(reads, lanes) - 1) * PER_LANE + last + reads * size / COPY,
            within(EXACT));
  }

  @Test
  void aStream_isItsFirstReadsWithTheirCopies_andWhatFollowsAtItsBandwidth() {
    int read = 1 << 18;
    Flash flash = flash(4).setCommandSize(q(read)).setSequentialBandwidth(q(SEQUENTIAL)).build();
    FetchTiming timing = new FetchTiming(flash, new AffineFlash(flash), false);
    double first = LATENCY + read / LANE;
    assertThat(timing.streamSeconds(read, false))
        .isCloseTo(HAND_OVER + first + read / COPY, within(EXACT));
    assertThat(timing.streamSeconds(3 * read, false))
        .isCloseTo(HAND_OVER + 2 * PER_LANE + first + 3 * read / COPY, within(EXACT));
    // Of a longer one all but the first four come at its own bandwidth, in which copies are.
    double following =
        timing.device().streamSeconds(4000 * read, false)
            - timing.device().streamSeconds(4 * read, false);
    assertThat(timing.streamSeconds(4000 * read, false))
        .isCloseTo(HAND_OVER + 3 * PER_LANE + first + 4 * read / COPY + following, within(1e-9));
  }

  @Test
  void aStreamThatContinuesAnother_isHandedOverToo() {
    FetchTiming timing = timing(4, false);
    assertThat(timing.streamSeconds(3e6, true))
        .isCloseTo(
            HAND_OVER + 3 * PER_LANE + timing.device().streamSeconds(3e6, true), within(EXACT));
  }

  @Test
  void withoutThem_aFetchIsItsReads() {
    Flash plain = flash(4).clearHandOver().clearHandOverPerLane().clearCopyBandwidth().build();
    AffineFlash device = new AffineFlash(plain);
    FetchTiming timing = new FetchTiming(plain, device, false);
    assertThat(timing.requestsSeconds(7, 8192)).isEqualTo(device.requestsSeconds(7, 8192));
    assertThat(timing.streamSeconds(1e6, true)).isEqualTo(device.streamSeconds(1e6, true));
    assertThat(timing.streamSeconds(1e6, false)).isEqualTo(device.streamSeconds(1e6, false));
  }

  @Test
  void anIdleProcessor_makesTheFirstReadItself() {
    FetchTiming idle = timing(4, true);
    double alone = LATENCY + 8192 / LANE + 8192 / COPY;
    assertThat(idle.requestsSeconds(1, 8192)).isCloseTo(alone, within(EXACT));
    assertThat(idle.requestsSeconds(2, 8192))
        .isCloseTo(PER_LANE + alone + 8192 / COPY, within(EXACT));
  }

  private static FetchTiming timing(int lanes, boolean idle) {
    return new FetchTiming(flash(lanes).build(), new AffineFlash(flash(lanes).build()), idle);
  }

  private static Flash.Builder flash(int lanes) {
    return Flash.newBuilder()
        .setMaxBandwidth(q(1e13))
        .setLaneBandwidth(q(LANE))
        .setLatency(q(LATENCY))
        .setLanes(q(lanes))
        .setHandOver(q(HAND_OVER))
        .setHandOverPerLane(q(PER_LANE))
        .setCopyBandwidth(q(COPY));
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
