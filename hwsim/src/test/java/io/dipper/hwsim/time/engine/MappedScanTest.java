package io.dipper.hwsim.time.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.dipper.hwsim.profile.fit.Quantities;
import io.dipper.proto.Flash;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.PageCache;
import io.dipper.proto.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan of eight windows, added up by hand. */
class MappedScanTest {
  private static final int WINDOW = 128 << 10;
  private static final int BYTES = 8 * WINDOW;
  private static final double FAULT = 10e-6;
  private static final double HIT = 1e-7;

  /** 1 GB/s of one read at a time, 1.5 GB/s of two. */
  private static Flash flash(boolean asynchronous, int threads) {
    return Flash.newBuilder()
        .setMaxBandwidth(q(2e9))
        .setTable(
            FlashTable.newBuilder()
                .addLanes(1)
                .addLanes(2)
                .addRows(
                    FlashTableRow.newBuilder()
                        .setSize(WINDOW)
                        .addThroughput(1e9)
                        .addThroughput(1.5e9)))
        .setPageCache(
            PageCache.newBuilder()
                .setReadAhead(q(WINDOW))
                .setFault(q(FAULT))
                .setHit(q(HIT))
                .setFaultThreads(q(threads))
                .setAsynchronous(asynchronous))
        .build();
  }

  private static Quantity q(double value) {
    return Quantities.assumed(value, "");
  }

  /** However many threads may fault, one scans. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void withoutAsynchronousReads_everyWindowFaults(int threads) {
    double seconds = 8 * (FAULT + WINDOW / 1e9) + BYTES / 4096 * HIT;
    assertThat(MappedScan.bandwidth(flash(false, threads), BYTES))
        .isCloseTo(BYTES / seconds, withPercentage(1e-9));
  }

  @Test
  void withThem_oneWindowFaults_andTwoAreReadAtATime() {
    double seconds = FAULT + 4 * (2 * WINDOW / 1.5e9) + BYTES / 4096 * HIT;
    assertThat(MappedScan.bandwidth(flash(true, 1), BYTES))
        .isCloseTo(BYTES / seconds, withPercentage(1e-9));
  }
}
