package io.dipper.hwsim.study.point;

import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.ShapeRecording;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.hwsim.time.accounting.DesRuns;
import io.dipper.hwsim.time.memory.Capacities;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.progress.Progress;
import io.dipper.proto.AccountingKind;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Static weights whose memory something else has taken: they fault for every token. */
class ContendedMemoryTest {
  private static final double LATENCY = 100e-6;
  private static final double FAULT = 5e-6;
  private static final int PAGE = 4096;

  /**
   * What is dropped lies in attention and head in proportion, and is read in windows, as many at
   * once as there are threads.
   */
  @ParameterizedTest
  @CsvSource({"NONE, 1, 1", "IO, 1, 1", "PIPELINE, 4, 1", "NONE, 32, 1", "NONE, 1, 4"})
  void eachToken_readsTheOverflowAgain_windowByWindow(Overlap overlap, int pages, int threads) {
    double overflow = 700_000;
    PointConfig.Builder config = point("100%", overlap, pages, threads);
    Simulation simulation = simulation();
    PointConfig alone = simulation.complete(config.build());
    double room = simulation.plan(alone).plan().ledger().peakBytes();
    config.getHardwareBuilder().getDramBuilder().setCapacity(q(1.5 * room));
    config.getHardwareBuilder().getDramBuilder().setTaken(q(0.5 * room));
    double before = seconds(config);
    config.getHardwareBuilder().getDramBuilder().setTaken(q(0.5 * room + overflow));

    double after = seconds(config);

    ModelBytes bytes = ModelBytes.of(alone);
    double weights = bytes.attention() + bytes.head();
    int layers = alone.getModel().getLayers();
    double ofLayer = overflow * bytes.attention() / layers / weights;
    double ofHead = overflow * bytes.head() / weights;
    double window = (double) pages * PAGE;
    double rounds =
        layers * Math.ceil(Math.ceil(ofLayer / window) / threads)
            + Math.ceil(Math.ceil(ofHead / window) / threads);
    double read = (layers * Math.ceil(ofLayer / PAGE) + Math.ceil(ofHead / PAGE)) * PAGE;
    assertThat(after - before)
        .isCloseTo(rounds * (FAULT + LATENCY) + read / 1e9, Percentage.withPercentage(1e-3));
    assertThat(seconds(config.clone().setAccounting(AccountingKind.PAPER)))
        .isEqualTo(seconds(without(config.clone().setAccounting(AccountingKind.PAPER))));
  }

  /** Beside something that takes a fifth, the last fifth of the model's bytes slows a dense run. */
  @Test
  void aBiggerCache_canBeSlower() {
    PointConfig.Builder small = point("70%", Overlap.NONE, 1, 1);
    PointConfig.Builder large = point("100%", Overlap.NONE, 1, 1);
    Simulation simulation = simulation();
    double all = simulation.plan(simulation.complete(large.build())).plan().dramBytes();
    for (PointConfig.Builder each : new PointConfig.Builder[] {small, large}) {
      each.getHardwareBuilder().getDramBuilder().setCapacity(q(all)).setTaken(q(0.2 * all));
    }
    assertThat(seconds(large)).isGreaterThan(seconds(small));
    assertThat(seconds(without(large))).isLessThan(seconds(without(small)));
  }

  @Test
  void bytesFromFlash_areTheDroppedOnes_andTheyAreNotResident() {
    PointConfig.Builder config = point("100%", Overlap.NONE, 1, 1);
    Simulation simulation = simulation();
    SimulatedPoint alone = simulation.run(simulation.complete(config.build()));
    double room = alone.plan().dramBytes();
    double free = room - alone.plan().ledger().peakBytes();
    config.getHardwareBuilder().getDramBuilder().setCapacity(q(room));
    config.getHardwareBuilder().getDramBuilder().setTaken(q(300_000 + free));
    SimulatedPoint contended = simulation.run(simulation.complete(config.build()));
    assertThat(contended.row().demand().traffic().flashBytesPerToken())
        .isCloseTo(300_000, Percentage.withPercentage(1e-6));
    assertThat(contended.row().memory().residentBytes())
        .isCloseTo(alone.row().memory().residentBytes() - 300_000, Percentage.withPercentage(1e-6));
  }

  @Test
  void moreThanAllStaticWeights_isRefused() {
    PointConfig.Builder config = point("100%", Overlap.NONE, 1, 1);
    Simulation simulation = simulation();
    double room = simulation.plan(simulation.complete(config.build())).plan().dramBytes();
    config.getHardwareBuilder().getDramBuilder().setCapacity(q(room)).setTaken(q(0.99 * room));
    assertThatThrownBy(() -> seconds(config))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("dram.taken leaves ")
        .hasMessageContaining("static weights, which can be dropped, are ");
  }

  private static PointConfig.Builder without(PointConfig.Builder config) {
    PointConfig.Builder without = config.clone();
    without.getHardwareBuilder().getDramBuilder().clearTaken();
    return without;
  }

  private static PointConfig.Builder point(
      String dram, Overlap overlap, int windowPages, int threads) {
    HardwareProfile.Builder device = DesRuns.paper(overlap).toBuilder();
    device.getFlashBuilder().setLatency(q(LATENCY));
    device
        .getFlashBuilder()
        .getPageCacheBuilder()
        .setPageSize(q(PAGE))
        .setReadAhead(q((double) windowPages * PAGE))
        .setFault(q(FAULT))
        .setFaultThreads(q(threads));
    return PointConfig.newBuilder()
        .setHardware(device)
        .setPolicy(Policies.parse("dense"))
        .setCapacity(Capacities.dram(dram));
  }

  private static double seconds(PointConfig.Builder config) {
    Simulation simulation = simulation();
    return 1 / simulation.run(simulation.complete(config.build())).row().time().tokensPerSecond();
  }

  private static Simulation simulation() {
    return Simulation.of(
        new ShapeRecording(ModelShapes.find("smollm2-135m"), 4), 1, Progress.SILENT);
  }
}
