package io.dipper.hwsim.study.point;

import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.cache.Caches;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.accounting.DesRuns;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.KvSpan;
import io.dipper.hwsim.time.memory.MemoryLedger;
import io.dipper.hwsim.time.memory.MemoryPart;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import io.dipper.proto.Vram;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A memory above the DRAM: what lies where, and what reading it takes. */
class VramTest {
  private static final double DRAM = 60e9;
  private static final double VRAM = 600e9;
  private static final double LINK = 10e9;
  private static final double FLASH = 1e9;
  private static final Percentage CLOCK = Percentage.withPercentage(1e-4);

  private final Simulation simulation =
      Simulation.of(new ShapeRecording(ModelShapes.find("smollm2-135m"), 4), 1, Progress.SILENT);

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IO", "PIPELINE"})
  void aModelThatFits_isReadAtTheVramsBandwidth(Overlap overlap) {
    SimulatedPoint point = run(point(overlap, vram(1e12).build(), "1 MB"));
    assertThat(seconds(point)).isCloseTo(touched(point) / VRAM, CLOCK);
    assertThat(point.plan().ledger().vramBytes())
        .isCloseTo(point.plan().ledger().peakBytes(), CLOCK);
  }

  @Test
  void aModelInBothTiers_isReadAtTheBandwidthOfEach_oneAfterTheOther() {
    PointConfig.Builder all = point(Overlap.PIPELINE, vram(1e12).build(), "1 MB");
    double total = run(all).plan().totalBytes();
    double capacity = 0.75 * total;
    SimulatedPoint point = run(point(Overlap.PIPELINE, vram(capacity).build(), "100%"));
    MemoryLedger ledger = point.plan().ledger();
    ModelBytes bytes = ModelBytes.of(point.config());
    double kv = bytes.kvCache(KvSpan.of(point.config()));
    double cached = bytes.mlp();
    double weights = bytes.attention() + bytes.head();
    double cacheShare =
        (capacity - weights - bytes.kvCache(point.config().getBlockLength())) / cached;
    assertThat(cacheShare).isBetween(0.1, 0.9);
    assertThat(ledger.vramBytes()).isCloseTo(capacity, CLOCK);
    double above = weights + kv + cacheShare * cached;
    assertThat(seconds(point)).isCloseTo(above / VRAM + (1 - cacheShare) * cached / LINK, CLOCK);
    assertThat(point.vramBytesPerToken()).isCloseTo(above, CLOCK);
  }

  @Test
  void weightsComeFirst_thenTheKvCache_thenCachedUnits() {
    PointConfig.Builder config = point(Overlap.NONE, vram(1e12).build(), "100%");
    config.setBlockLength(4096);
    ModelBytes bytes = ModelBytes.of(simulation.complete(config.build()));
    double weights = bytes.attention() + bytes.head();
    double kv = bytes.kvCache(4096);
    assertThat(inVram(config, weights / 2)).containsExactly(weights / 2, 0, 0);
    assertThat(inVram(config, weights + kv / 4)).containsExactly(weights, kv / 4, 0);
    assertThat(inVram(config, weights + kv + 1e6)[2]).isCloseTo(1e6, CLOCK);
  }

  private double[] inVram(PointConfig.Builder config, double capacity) {
    config.getHardwareBuilder().setVram(vram(capacity));
    MemoryLedger ledger = simulation.plan(simulation.complete(config.build())).plan().ledger();
    double weights = 0;
    for (MemoryPart part : MemoryPart.WEIGHTS) {
      weights += ledger.inVram().getOrDefault(part, 0.0);
    }
    return new double[] {
      Math.rint(weights * 16) / 16,
      ledger.inVram().getOrDefault(MemoryPart.KV_CACHE, 0.0),
      ledger.inVram().getOrDefault(MemoryPart.UNIT_CACHES, 0.0)
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "IO", "PIPELINE"})
  void withoutCapacityAndLink_everythingIsAsWithoutVram(Overlap overlap) {
    for (String dram : new String[] {"70%", "120%"}) {
      SimulatedPoint none = run(point(overlap, null, dram));
      SimulatedPoint empty = run(point(overlap, vram(0).clearLink().build(), dram));
      assertThat(empty.timing()).isEqualTo(none.timing());
      assertThat(empty.plan().ledger()).isEqualTo(none.plan().ledger());
      assertThat(empty.row().memory()).isEqualTo(none.row().memory());
    }
  }

  /** DRAM behind a link, and nothing above it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e9, 10e9, 59e9, 61e9, 1e12})
  void withoutCapacity_theNarrowerOfPortAndLinkLimits(double link) {
    SimulatedPoint point = run(point(Overlap.NONE, vram(0).setLink(q(link)).build(), "200%"));
    assertThat(seconds(point)).isCloseTo(touched(point) / Math.min(DRAM, link), CLOCK);
  }

  /** What Flash brings passes the link, whether or not it is read again from DRAM. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fetchedUnits_passTheLink(boolean flashTraffic) {
    PointConfig.Builder config = point(Overlap.NONE, vram(5e7).build(), "10%");
    config.setCache(Caches.parse("none"));
    config.getHardwareBuilder().getDramBuilder().setFlashTraffic(flashTraffic);
    SimulatedPoint point = run(config);
    double fetched = point.row().demand().traffic().flashBytesPerToken();
    double above = touched(point) - fetched;
    assertThat(point.vramBytesPerToken()).isCloseTo(above, CLOCK);
    assertThat(seconds(point)).isCloseTo(fetched / FLASH + fetched / LINK + above / VRAM, CLOCK);
  }

  /** Static weights that fit nowhere are read from Flash and over the link. */
  @Test
  void streamedWeights_areReadFromFlash_andTheRestWhereItLies() {
    PointConfig.Builder config = point(Overlap.NONE, vram(2e7).build(), "20 MB");
    config.setStreamStatic(true).setCache(Caches.parse("none"));
    SimulatedPoint point = run(config);
    double streamed = point.plan().streamedBytes();
    assertThat(streamed).isCloseTo(point.plan().staticBytes() - 4e7, CLOCK);
    assertThat(point.plan().ledger().vramBytes()).isCloseTo(2e7, CLOCK);
    ModelBytes bytes = ModelBytes.of(point.config());
    double mlp = bytes.mlp();
    double all = bytes.attention() + bytes.head() + bytes.kvCache(KvSpan.of(point.config()));
    double above = point.vramBytesPerToken();
    assertThat(seconds(point))
        .isCloseTo(
            (streamed + mlp) / FLASH + (all - above) / LINK + mlp / LINK + above / VRAM, CLOCK);
  }

  @Test
  void moreCapacity_bandwidthOrLink_isNeverSlower() {
    double before = Double.POSITIVE_INFINITY;
    for (double capacity = 0; capacity <= 1.2e8; capacity += 1e7) {
      double now = seconds(run(point(Overlap.PIPELINE, vram(capacity).build(), "60%")));
      assertThat(now).isLessThanOrEqualTo(before * (1 + 1e-6));
      before = now;
    }
    double slowLink = Double.POSITIVE_INFINITY;
    double slowVram = Double.POSITIVE_INFINITY;
    for (double rate = 1e9; rate < 1e12; rate *= 3) {
      Vram.Builder link = vram(3e7).setLink(q(rate));
      double ofLink = seconds(run(point(Overlap.PIPELINE, link.build(), "60%")));
      assertThat(ofLink).isLessThanOrEqualTo(slowLink * (1 + 1e-6));
      slowLink = ofLink;
      Vram.Builder wide = vram(3e7).setBandwidth(q(rate));
      double ofVram = seconds(run(point(Overlap.PIPELINE, wide.build(), "60%")));
      assertThat(ofVram).isLessThanOrEqualTo(slowVram * (1 + 1e-6));
      slowVram = ofVram;
    }
  }

  @Test
  void bytesOfBothTiers_areThoseThatAreReadWithoutVram() {
    SimulatedPoint with = run(point(Overlap.NONE, vram(3e7).build(), "80%"));
    assertThat(with.vramBytesPerToken()).isPositive();
    double both = with.row().demand().traffic().dramBytesPerToken();
    assertThat(with.vramBytesPerToken()).isLessThan(both);
    assertThat(with.json())
        .contains("\"vram_bytes_read_per_token\"")
        .contains("\"vram_capacity_bytes\" : 3.0E7");
    assertThat(run(point(Overlap.NONE, null, "80%")).json()).doesNotContain("vram");
  }

  @Test
  void energy_needsThatOfVram_andCountsIt() {
    PointConfig.Builder config = point(Overlap.NONE, vram(3e7).build(), "80%");
    config.getHardwareBuilder().getEnergyBuilder().setFlashRead(q(1e-9)).setDramAccess(q(1e-10));
    config.getHardwareBuilder().getEnergyBuilder().setCompute(q(0));
    assertThat(run(config).timing().energy().covers()).contains("energy.vram_access");
    config.getHardwareBuilder().getEnergyBuilder().setVramAccess(q(0));
    double without = run(config).timing().energyJoulePerToken();
    config.getHardwareBuilder().getEnergyBuilder().setVramAccess(q(5e-11));
    SimulatedPoint point = run(config);
    assertThat(point.timing().energyJoulePerToken() - without)
        .isCloseTo(5e-11 * point.vramBytesPerToken(), CLOCK);
  }

  @Test
  void aShareOfDram_isOfWeightsAndKvCache_besideVram() {
    SimulatedPoint point = run(point(Overlap.NONE, vram(3e7).build(), "50%"));
    assertThat(point.plan().dramBytes()).isEqualTo(0.5 * point.plan().totalBytes());
    assertThat(point.plan().ledger().peakBytes())
        .isCloseTo(0.5 * point.plan().totalBytes() + 3e7, Percentage.withPercentage(1));
  }

  /** Without a limit of DRAM: half of each matrix is cached, wherever it lies. */
  @Test
  void aCacheFraction_takesOfDramWhatVramDoesNotHold() {
    PointConfig.Builder config = point(Overlap.NONE, vram(1e8).build(), "50%");
    MemoryLedger ledger =
        simulation
            .plan(simulation.complete(config.setCapacity(Capacities.cacheFraction(0.5)).build()))
            .plan()
            .ledger();
    SimulatedPoint point = run(config);
    assertThat(ledger.vramBytes()).isCloseTo(Math.min(1e8, ledger.peakBytes()), CLOCK);
    assertThat(point.plan().dramBytes()).isCloseTo(ledger.peakBytes() - ledger.vramBytes(), CLOCK);
    config.getHardwareBuilder().clearVram();
    assertThat(run(config).plan().ledger().parts()).isEqualTo(ledger.parts());
    assertThat(run(config).plan().dramBytes()).isEqualTo(ledger.budgetBytes());
  }

  @Test
  void aBufferThatDramHasNoRoomFor_isRefused() {
    PointConfig.Builder config = point(Overlap.PIPELINE, vram(1e12).build(), "10 MB");
    config.getHardwareBuilder().getDramBuilder().setPrefetchBuffer(q(2e7));
    assertThatThrownBy(() -> run(config))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "what is read ahead or on a guess waits in DRAM, 20.00 MB of it, and DRAM is 10.00 MB;"
                + " give at least ");
  }

  @Test
  void whatDoesNotFit_isSaidOfBoth() {
    assertThatThrownBy(() -> run(point(Overlap.NONE, vram(1e6).build(), "2 MB")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("and DRAM is 2.00 MB beside VRAM of 1.00 MB; give at least");
  }

  @Test
  void thePapersAccounting_refusesVram() {
    PointConfig.Builder config = point(Overlap.NONE, vram(1e6).build(), "80%");
    config.setAccounting(AccountingKind.PAPER);
    assertThatThrownBy(() -> run(config))
        .isInstanceOf(UserException.class)
        .hasMessage("accounting paper knows no VRAM, and test has some; choose des");
  }

  private static Vram.Builder vram(double capacity) {
    return Vram.newBuilder().setCapacity(q(capacity)).setBandwidth(q(VRAM)).setLink(q(LINK));
  }

  private static PointConfig.Builder point(Overlap overlap, @Nullable Vram vram, String dram) {
    HardwareProfile.Builder device = DesRuns.paper(overlap).toBuilder();
    device.getDramBuilder().setBandwidth(q(DRAM));
    device.getFlashBuilder().setMaxBandwidth(q(FLASH));
    if (vram != null) {
      device.setVram(vram);
    }
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse("dense"))
        .setCapacity(Capacities.dram(dram));
  }

  private SimulatedPoint run(PointConfig.Builder config) {
    return simulation.run(simulation.complete(config.build()));
  }

  private static double touched(SimulatedPoint point) {
    return point.row().demand().traffic().touchedBytesPerToken();
  }

  private static double seconds(SimulatedPoint point) {
    return 1 / point.timing().tokensPerSecond();
  }
}
