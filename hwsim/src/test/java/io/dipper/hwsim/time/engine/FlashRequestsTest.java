package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.DesRuns.BLOCK;
import static io.dipper.hwsim.time.accounting.DesRuns.RESOLUTION;
import static io.dipper.hwsim.time.accounting.DesRuns.paper;
import static io.dipper.hwsim.time.accounting.DesRuns.seconds;
import static io.dipper.hwsim.time.accounting.DesRuns.time;
import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.SHAPE;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.accounting.Synthetic.Counts;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.Extrapolate;
import io.dipper.proto.FlashTable;
import io.dipper.proto.FlashTableRow;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Which reads the missed units become, and what these take. */
class FlashRequestsTest {
  /** Pages of 4 KiB and one lane: each request pays its latency. */
  private static final HardwareProfile ONE_LANE = oneLane();

  @Test
  void latency_isPaidOncePerFetch_whenTheLanesAreUnlimited() {
    HardwareProfile.Builder slow = paper(Overlap.NONE).toBuilder();
    slow.getFlashBuilder().setLatency(q(100e-6));
    Demand demand = Synthetic.random(DIP, 5, BLOCK);
    long fetches = 0;
    for (int row = 0; row < BLOCK; row++) {
      for (int i = 0; i < 2 * LAYERS; i++) {
        fetches += demand.hits(i % 2, i / 2, row) < demand.selected(i % 2, i / 2, row) ? 1 : 0;
      }
    }

    double without = seconds(paper(Overlap.NONE), DIP, demand, 0);
    double with = seconds(slow.build(), DIP, demand, 0);

    assertThat(with - without).isCloseTo(100e-6 * fetches / BLOCK, RESOLUTION);
  }

  @Test
  void aDeviceThatThrottles_readsWhatIsLeftAtItsThrottledBandwidth_acrossSequencesToo() {
    Demand demand = Synthetic.random(DIP, 5, BLOCK, BLOCK);
    PointConfig cold = Synthetic.config(paper(Overlap.NONE), BLOCK, 0);
    double coldSeconds = time(cold, DIP, demand, 0).flashSeconds() * demand.tokens();
    for (double share : new double[] {0, 0.3, 0.7, 1}) {
      HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
      device.getFlashBuilder().setThrottleAfter(q(share * coldSeconds));
      device.getFlashBuilder().setThrottledBandwidth(q(0.25e9));
      PointConfig hot = Synthetic.config(device.build(), BLOCK, 0);

      double seconds = time(hot, DIP, demand, 0).flashSeconds() * demand.tokens();

      assertThat(seconds).isCloseTo(coldSeconds * (share + (1 - share) * 4), RESOLUTION);
    }
  }

  @Test
  void requestsPerToken_areTheMissedUnitsOfEachMatrix_whereNoneAreAdjacent() {
    Demand demand = Synthetic.random(DIP, 5, BLOCK);
    double misses = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
      misses += 2.0 * (demand.selectedTotal(0, layer) - demand.hitsTotal(0, layer));
      misses += demand.selectedTotal(1, layer) - demand.hitsTotal(1, layer);
    }
    Timing timing = time(Synthetic.config(paper(Overlap.NONE), BLOCK, 0), DIP, demand, 0);
    assertThat(timing.flashRequestsPerToken()).isCloseTo(misses / BLOCK, RESOLUTION);
  }

  @Test
  void adjacentMisses_areOneRequestPerRunAndMatrix() {
    Demand demand = Synthetic.constant(BLOCK, new Counts(50, 18, 4), new Counts(70, 10, 3));

    Timing timing = time(Synthetic.config(ONE_LANE, BLOCK, 0), DIP, demand, 0);

    // Input units: 4 runs of 8 columns of 768 bytes, 2 pages each, in 2 matrices. GLU units: 3 runs
    // of 20 columns of 256 bytes, 2 pages each. One lane: each request pays its latency.
    assertThat(timing.flashRequestsPerToken()).isEqualTo(LAYERS * (4 * 2 + 3));
    assertThat(timing.flashSeconds())
        .isCloseTo(LAYERS * (4 * 2 + 3) * (10e-6 + 8192 / 1e9), RESOLUTION);
  }

  @Test
  void bundledUnits_areOneLongerRequestPerRun() {
    Demand demand = Synthetic.constant(BLOCK, new Counts(50, 18, 4), new Counts(70, 10, 3));
    PointConfig config =
        Synthetic.config(ONE_LANE, BLOCK, 0).toBuilder().setLayout(LayoutKind.BUNDLED).build();

    Timing timing = time(config, DIP, demand, 0);

    // Input units: 4 runs of 8 bundles of 2 x 768 bytes, 3 pages each; GLU units as before.
    assertThat(timing.flashRequestsPerToken()).isEqualTo(LAYERS * (4 + 3));
    assertThat(timing.flashSeconds())
        .isCloseTo(LAYERS * (4 * (10e-6 + 12288 / 1e9) + 3 * (10e-6 + 8192 / 1e9)), RESOLUTION);
  }

  @Test
  void gapsReadOver_areFewerRequestsOfMoreBytes() {
    Demand demand =
        Synthetic.constant(
            BLOCK, new Counts(50, 18, 2).overreading(6), new Counts(70, 10, 1).overreading(4));

    Timing timing = time(Synthetic.config(ONE_LANE, BLOCK, 0), DIP, demand, 0);

    // Input units: 2 runs of (32 + 6) / 2 columns of 768 bytes, 4 pages each, in 2 matrices. GLU
    // units: 1 run of 60 + 4 columns of 256 bytes, 4 pages.
    int requests = LAYERS * (2 * 2 + 1);
    assertThat(timing.flashRequestsPerToken()).isEqualTo(requests);
    assertThat(timing.flashBytesReadPerToken()).isEqualTo(requests * 16384.0);
    assertThat(timing.flashSeconds()).isCloseTo(requests * (10e-6 + 16384 / 1e9), RESOLUTION);
  }

  @Test
  void aSmallestRequest_isReadForEveryShorterRun() {
    Demand demand = Synthetic.constant(BLOCK, new Counts(50, 18, 4), new Counts(70, 10, 1));
    PointConfig config =
        Synthetic.config(ONE_LANE, BLOCK, 0).toBuilder().setMinRequest(10_000).build();

    Timing timing = time(config, DIP, demand, 0);

    // Input units: 8 columns of 768 bytes are fewer than 10,000 bytes, which are 3 pages. GLU
    // units: 60 columns of 256 bytes are more, 4 pages.
    assertThat(timing.flashRequestsPerToken()).isEqualTo(LAYERS * (4 * 2 + 1));
    assertThat(timing.flashBytesReadPerToken()).isEqualTo(LAYERS * (8 * 12288 + 16384));
    assertThat(timing.flashSeconds())
        .isCloseTo(LAYERS * (8 * (10e-6 + 12288 / 1e9) + 10e-6 + 16384 / 1e9), RESOLUTION);
  }

  @Test
  void aColumnOfARowMajorMatrix_isARequestPerRow() {
    Demand demand = Synthetic.constant(BLOCK, new Counts(50, 18, 4), new Counts(70, 10, 3));
    PointConfig config = rowMajor(paper(Overlap.NONE));

    Timing timing = time(config, DIP, demand, 0);

    assertThat(timing.flashRequestsPerToken())
        .isEqualTo(LAYERS * (4.0 * 2 * SHAPE.getIntermediateSize() + 3 * SHAPE.getHiddenSize()));
    assertThat(timing.flashSeconds())
        .isCloseTo(LAYERS * (32 * 2 * 768 + 60 * 256) / 1e9, RESOLUTION);
  }

  @Test
  void columnsInBlocks_areARequestPerRunOfBlocksAndRow() {
    Demand demand =
        new Demand(DIP, LAYERS, new int[] {BLOCK}, EnumSet.of(Count.BLOCK_UNITS, Count.BLOCK_RUNS));
    for (int row = 0; row < BLOCK; row++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        demand.record(0, layer, row, 50, 18, 30);
        demand.record(Count.BLOCK_UNITS, 0, layer, row, 320);
        demand.record(Count.BLOCK_RUNS, 0, layer, row, 4);
        demand.record(1, layer, row, 70, 10, 50);
        demand.record(Count.BLOCK_UNITS, 1, layer, row, SHAPE.getIntermediateSize());
        demand.record(Count.BLOCK_RUNS, 1, layer, row, 1);
      }
    }
    PointConfig config =
        Synthetic.config(paper(Overlap.NONE), BLOCK, 0).toBuilder()
            .setLayout(LayoutKind.AS_STORED)
            .build();

    Timing timing = time(config, DIP, demand, 0);

    // Of up and gate 320 of 512 columns of 768 bytes in 4 runs of every row; down in one stretch.
    assertThat(timing.flashRequestsPerToken())
        .isEqualTo(LAYERS * (4.0 * 2 * SHAPE.getIntermediateSize() + 1));
    assertThat(timing.flashBytesReadPerToken()).isEqualTo(LAYERS * (320 * 2 * 768.0 + 1536 * 256));
    assertThat(timing.flashSeconds())
        .isCloseTo(LAYERS * (320 * 2 * 768 + 1536 * 256) / 1e9, RESOLUTION);
  }

  @Test
  void pagesMakeRowMajorColumnsSoDear_thatMatricesAreReadWhole() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getFlashBuilder().setPageSize(q(4096)).setLatency(q(10e-6));
    Demand demand = Synthetic.constant(BLOCK, new Counts(50, 49, 1), new Counts(70, 69, 1));
    PointConfig config = rowMajor(device.build());

    Timing timing = time(config, DIP, demand, 0);

    // Even one column: 2 x 1,536 pages are 12.6 MB, both matrices 0.8 MB.
    assertThat(timing.flashRequestsPerToken()).isEqualTo(3 * LAYERS);
    assertThat(timing.flashBytesReadPerToken()).isEqualTo(ModelBytes.of(config).mlp());
    assertThat(timing.flashSeconds())
        .isCloseTo(2 * LAYERS * 10e-6 + ModelBytes.of(config).mlp() / 1e9, RESOLUTION);
  }

  @Test
  void unitsFarBelowAPage_areReadWithTheirWholeMatrices() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getFlashBuilder().setPageSize(q(4096));
    // Columns of 768 and 256 bytes: from 1/6 and 1/16 of the units on the matrices are smaller.
    Demand demand = Synthetic.constant(BLOCK, new Counts(300, 0, 200), new Counts(900, 0, 600));
    Timing timing = time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0);
    double mlp = ModelBytes.of(Synthetic.config(device.build(), BLOCK, 0)).mlp();
    assertThat(timing.flashSeconds()).isCloseTo(mlp / 1e9, RESOLUTION);
    assertThat(timing.flashRequestsPerToken()).isEqualTo(3 * LAYERS);
  }

  /** Matrices of 512 x 1,536 weights of half a byte: 393,216 bytes, 6 commands of 64 KiB each. */
  @Test
  void aStream_countsAsItsCommands() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getFlashBuilder().setCommandSize(q(65_536));
    PointConfig config = Synthetic.config(device.build(), BLOCK, 0);
    Demand dense = Synthetic.constant(BLOCK, new Counts(512, 0, 1), new Counts(1536, 0, 1));
    Timing timing = time(config, DIP, dense, 0);
    assertThat(ModelBytes.of(config).matrix()).isEqualTo(393_216);
    assertThat(timing.flashRequestsPerToken()).isEqualTo(LAYERS * 3 * 6);
    assertThat(timing.flashBytesReadPerToken()).isEqualTo(LAYERS * 3 * 393_216.0);
  }

  /** Runs of 8 columns are 6 KiB and 5 KiB: all below the table's smallest read of 16 KiB. */
  @Test
  void readsOutsideATable_areTold_andThoseInsideAreNot() {
    Demand demand = Synthetic.constant(BLOCK, new Counts(50, 18, 4), new Counts(70, 10, 3));
    assertThat(unmeasured(demand, 16_384)).isEqualTo(1);
    assertThat(unmeasured(demand, 1024)).isZero();
    // Of 8 reads of 6,144 and 3 of 5,120 bytes a layer the larger ones are inside.
    assertThat(unmeasured(demand, 6144)).isCloseTo(3 * 5120 / (8 * 6144 + 3 * 5120.0), RESOLUTION);
    assertThat(time(Synthetic.config(paper(Overlap.NONE), BLOCK, 0), DIP, demand, 0).reads())
        .extracting(FlashReads::unmeasuredShare)
        .isEqualTo(Double.NaN);
  }

  private static double unmeasured(Demand demand, double smallest) {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    FlashTable.Builder table = FlashTable.newBuilder().setExtrapolate(Extrapolate.CLAMP);
    table.addLanes(1).addLanes(8);
    for (double size : new double[] {smallest, 1 << 20}) {
      table.addRows(FlashTableRow.newBuilder().setSize(size).addThroughput(1e9).addThroughput(2e9));
    }
    device.getFlashBuilder().setTable(table);
    return time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0)
        .reads()
        .unmeasuredShare();
  }

  private static PointConfig rowMajor(HardwareProfile device) {
    return Synthetic.config(device, BLOCK, 0).toBuilder().setLayout(LayoutKind.ROW_MAJOR).build();
  }

  private static HardwareProfile oneLane() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getFlashBuilder().setPageSize(q(4096)).setLatency(q(10e-6)).setLanes(q(1));
    return device.build();
  }
}
