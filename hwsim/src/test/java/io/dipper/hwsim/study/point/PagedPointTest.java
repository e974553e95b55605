package io.dipper.hwsim.study.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dipper.error.UserException;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.demand.Count;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.LayoutKind;
import io.dipper.proto.Overlap;
import io.dipper.proto.PageCache;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Quantity;
import io.dipper.proto.UnitOrder;
import io.dipper.testing.SharedData;
import io.dipper.trace.TraceReader;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Points whose weights are mapped, on the embedded model's trace. */
final class PagedPointTest {
  private static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");
  private static final double PAGE = 1024;

  private final Simulation simulation =
      Simulation.of(TRACE, TraceReader.open(TRACE), 2, Progress.SILENT);

  @Test
  void aDenseScan_inTooLittleMemory_hitsNothing_andInEnoughEverything() {
    SimulatedPoint little = run("dense", "95%", device(1));
    SimulatedPoint enough = run("dense", "102%", device(1));
    assertThat(little.row().demand().hits().hitRate()).isZero();
    // The first token of each of the three sequences of 128 is cold.
    assertThat(enough.row().demand().hits().hitRate()).isCloseTo(127 / 128.0, within(1e-9));
    assertThat(run("dense", "95%", "lfu", device(1)).row().demand().hits().hitRate())
        .isGreaterThan(0.5);
  }

  @Test
  void faults_takeTheirHostTime_andOneReadEach_oneAfterAnother() {
    SimulatedPoint one = run("dip:density=0.5", "70%", device(1));
    double perToken = flashSeconds(one, 1, 5e-6, 100e-6, 1e9);
    assertThat(one.timing().flashSeconds()).isCloseTo(perToken, within(1e-6 * perToken));
    assertThat(one.row().demand().traffic().flashBytesPerToken())
        .isCloseTo(total(one.demand(), Count.PAGES_READ) * PAGE / 384, within(1e-3));
    assertThat(one.timing().flashRequestsPerToken())
        .isCloseTo(total(one.demand(), Count.FAULTS) / 384.0, within(1e-9));
  }

  @Test
  void moreThreads_haveMoreFaultsInFlight() {
    SimulatedPoint four = run("dip:density=0.5", "70%", device(4));
    double perToken = flashSeconds(four, 4, 5e-6, 100e-6, 1e9);
    assertThat(four.timing().flashSeconds()).isCloseTo(perToken, within(1e-6 * perToken));
    assertThat(perToken)
        .isLessThan(run("dip:density=0.5", "70%", device(1)).timing().flashSeconds());
  }

  @Test
  void usesOfPagesThatAreThere_takeTheirTimeByTurns_andChangeNoRead() {
    for (int threads : new int[] {1, 4}) {
      HardwareProfile.Builder dear = device(threads).toBuilder();
      dear.getFlashBuilder().getPageCacheBuilder().setHit(q(2e-6));
      SimulatedPoint free = run("dip:density=0.5", "95%", device(threads));
      SimulatedPoint paid = run("dip:density=0.5", "95%", dear.build());
      Demand demand = paid.demand();
      double turns = 0;
      for (int row = 0; row < demand.tokens(); row++) {
        for (int layer = 0; layer < demand.layers(); layer++) {
          for (int g = 0; g < demand.groups().size(); g++) {
            turns += Math.ceil(demand.count(Count.PAGE_HITS, g, layer, row) / (double) threads);
          }
        }
      }
      double expected = 2e-6 * turns / demand.tokens();
      assertThat(turns).isPositive();
      assertThat(paid.timing().selectSeconds() - free.timing().selectSeconds())
          .isCloseTo(expected, within(1e-6 * expected));
      assertThat(paid.timing().flashSeconds()).isEqualTo(free.timing().flashSeconds());
      assertThat(total(demand, Count.FAULTS)).isEqualTo(total(free.demand(), Count.FAULTS));
      assertThat(free.demand().counted()).doesNotContain(Count.PAGE_HITS, Count.AHEAD_READS);
    }
  }

  @Test
  void readsAhead_areInFlightBesideFaults_andFaultNoMore() {
    for (int threads : new int[] {1, 3}) {
      HardwareProfile.Builder ahead = device(threads).toBuilder();
      ahead.getFlashBuilder().getPageCacheBuilder().setAsynchronous(true);
      SimulatedPoint point = run("dip:density=0.5", "70%", ahead.build());
      Demand demand = point.demand();
      double seconds = 0;
      for (int row = 0; row < demand.tokens(); row++) {
        for (int layer = 0; layer < demand.layers(); layer++) {
          for (int g = 0; g < demand.groups().size(); g++) {
            int faults = demand.count(Count.FAULTS, g, layer, row);
            int begun = demand.count(Count.AHEAD_READS, g, layer, row);
            double beside = faults == 0 ? threads : Math.ceil((double) threads * begun / faults);
            double depth = threads + Math.min(threads, beside);
            seconds +=
                5e-6 * Math.ceil((double) faults / threads)
                    + 100e-6 * Math.ceil((faults + begun) / depth)
                    + demand.count(Count.PAGES_READ, g, layer, row) * PAGE / 1e9;
          }
        }
      }
      double perToken = seconds / demand.tokens();
      assertThat(total(demand, Count.AHEAD_READS)).isPositive();
      assertThat(point.timing().flashSeconds()).isCloseTo(perToken, within(1e-6 * perToken));
      assertThat(point.timing().flashRequestsPerToken())
          .isCloseTo(
              (total(demand, Count.FAULTS) + total(demand, Count.AHEAD_READS)) / 384.0,
              within(1e-9));
      assertThat(perToken)
          .isLessThan(run("dip:density=0.5", "70%", device(threads)).timing().flashSeconds());
    }
  }

  @Test
  void theBudget_isThatOfTheCachesOfUnits() {
    SimulatedPoint paged = run("dip:density=0.5", "70%", device(1));
    assertThat(paged.row().memory().residentBytes())
        .isLessThanOrEqualTo(paged.row().memory().dramBytes() * (1 + 1e-9));
    assertThat(paged.json()).contains("\"page_cache\"").contains("\"peak_bytes\"");
  }

  /** However much room there is above it; what is hit is read over the link. */
  @Test
  void pages_lieInDram_besideVram() {
    HardwareProfile.Builder device = device(1).toBuilder();
    device.getVramBuilder().setCapacity(q(1e12)).setBandwidth(q(6e11)).setLink(q(1e10));
    SimulatedPoint point = run("dip:density=0.5", "70%", device.build());
    MemoryLedger ledger = point.plan().ledger();
    double page = ledger.bytes(MemoryPart.PAGE_CACHE);
    assertThat(page).isPositive().isLessThanOrEqualTo(point.plan().dramBytes());
    assertThat(ledger.vramBytes()).isCloseTo(ledger.peakBytes() - page, within(1e-3));
    double hits = point.row().demand().traffic().dramBytesPerToken() - point.vramBytesPerToken();
    double fetched =
        point.row().demand().traffic().touchedBytesPerToken() - hits - point.vramBytesPerToken();
    double expected = point.vramBytesPerToken() / 6e11 + (hits + fetched) / 1e10;
    assertThat(point.timing().dramSeconds()).isCloseTo(expected, within(1e-5 * expected));
    SimulatedPoint little = run("dip:density=0.5", "10%", device.build());
    assertThat(little.plan().ledger().bytes(MemoryPart.PAGE_CACHE))
        .isEqualTo(little.plan().dramBytes());
  }

  @Test
  void results_doNotDependOnThreads() {
    Simulation other = Simulation.of(TRACE, TraceReader.open(TRACE), 1, Progress.SILENT);
    PointConfig config = config("glu-oracle:keep=0.5", "70%", "page-cache", device(1));
    assertThat(other.run(other.complete(config)).json())
        .isEqualTo(simulation.run(simulation.complete(config)).json());
  }

  @Test
  void masks_areThoseOfAnyOtherCache() {
    SimulatedPoint paged = run("dip:density=0.5", "70%", device(1));
    SimulatedPoint units = run("dip:density=0.5", "70%", "lfu", device(1));
    assertThat(paged.row().demand().hits().selectedX())
        .isEqualTo(units.row().demand().hits().selectedX());
    assertThat(paged.row().demand().energy().retainedEnergyX())
        .isCloseTo(units.row().demand().energy().retainedEnergyX(), within(1e-12));
  }

  /** Apple M3 Max, 16 KiB pages, no read-ahead: 0.12 GB/s was measured of a cold mapped file. */
  @Test
  void aColdMappedFile_isReadAtAFewHundredMegabytesPerSecondAtMost() {
    HardwareProfile.Builder m3 = device(1).toBuilder();
    m3.getFlashBuilder()
        .setMaxBandwidth(q(17.5e9))
        .setPageCache(PageCache.newBuilder().setPageSize(q(16384)).setFault(q(10e-6)));
    SimulatedPoint point = run("dense", "60%", m3.build());
    double speed =
        point.row().demand().traffic().flashBytesPerToken() / point.timing().flashSeconds();
    assertThat(speed).isBetween(0.08e9, 0.2e9);
  }

  @Test
  void whatCannotBe_isRefusedInOneLine() {
    refused("dip-ca:density=0.5,gamma=0.2", c -> c, "choose lfu or lru");
    refused("dense", c -> c.setAccounting(AccountingKind.PAPER), "accounting des");
    refused("dense", c -> c.setUnitOrder(UnitOrder.CO_ACTIVATION), "leave out unit order");
    refused("dense", c -> c.setLayout(LayoutKind.ROW_MAJOR), "touches every page");
    refused("dense", c -> c.setCapacity(Capacities.dram("5%")).setStreamStatic(true), "do not fit");
    HardwareProfile.Builder without = device(1).toBuilder();
    without.getFlashBuilder().clearPageCache();
    refused("dense", c -> c.setHardware(without), "has no flash.page_cache; add e.g.");
    assertThatThrownBy(() -> Caches.parse("page-cache:overflow=random"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("unknown parameter 'overflow'; it has none");
  }

  private void refused(String policy, UnaryOperator<PointConfig.Builder> change, String expected) {
    PointConfig config =
        change.apply(config(policy, "80%", "page-cache", device(1)).toBuilder()).build();
    assertThatThrownBy(() -> simulation.plan(simulation.complete(config)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  /** In each step: full rounds of so many faults, and one of the rest, all of the mean size. */
  private static double flashSeconds(
      SimulatedPoint point, int threads, double fault, double latency, double bandwidth) {
    Demand demand = point.demand();
    double seconds = 0;
    for (int row = 0; row < demand.tokens(); row++) {
      for (int layer = 0; layer < demand.layers(); layer++) {
        for (int g = 0; g < demand.groups().size(); g++) {
          int faults = demand.count(Count.FAULTS, g, layer, row);
          int pages = demand.count(Count.PAGES_READ, g, layer, row);
          int rounds = faults / threads + (faults % threads > 0 ? 1 : 0);
          seconds += rounds * (fault + latency) + pages * PAGE / bandwidth;
        }
      }
    }
    return seconds / demand.tokens();
  }

  private static long total(Demand demand, Count count) {
    long sum = 0;
    for (int layer = 0; layer < demand.layers(); layer++) {
      for (int g = 0; g < demand.groups().size(); g++) {
        sum += demand.total(count, g, layer);
      }
    }
    return sum;
  }

  private SimulatedPoint run(String policy, String dram, HardwareProfile hardware) {
    return run(policy, dram, "page-cache", hardware);
  }

  private SimulatedPoint run(String policy, String dram, String cache, HardwareProfile hardware) {
    return simulation.run(simulation.complete(config(policy, dram, cache, hardware)));
  }

  private static PointConfig config(
      String policy, String dram, String cache, HardwareProfile hardware) {
    return PointConfig.newBuilder()
        .setHardware(hardware)
        .setPolicy(Policies.parse(policy))
        .setCache(Caches.parse(cache))
        .setCapacity(Capacities.dram(dram))
        .build();
  }

  private static HardwareProfile device(int threads) {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("mapped").setOverlap(Overlap.PIPELINE);
    device
        .getFlashBuilder()
        .setMaxBandwidth(q(1e9))
        .setLatency(q(100e-6))
        .setPageCache(
            PageCache.newBuilder()
                .setPageSize(q(PAGE))
                .setReadAhead(q(4 * PAGE))
                .setFault(q(5e-6))
                .setFaultThreads(q(threads)));
    device.getDramBuilder().setBandwidth(q(60e9));
    return device.build();
  }

  private static Quantity q(double value) {
    return Quantity.newBuilder().setValue(value).build();
  }
}
