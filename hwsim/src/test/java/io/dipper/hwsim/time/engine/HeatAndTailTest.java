package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.DesRuns.BLOCK;
import static io.dipper.hwsim.time.accounting.DesRuns.RESOLUTION;
import static io.dipper.hwsim.time.accounting.DesRuns.paper;
import static io.dipper.hwsim.time.accounting.DesRuns.peak;
import static io.dipper.hwsim.time.accounting.DesRuns.sum;
import static io.dipper.hwsim.time.accounting.DesRuns.time;
import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.accounting.Synthetic.Counts;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Slow commands, and heat that goes and comes, in a run. */
class HeatAndTailTest {
  private static final int TOKENS = 2000;

  /** Fetches of 8 and of 3 reads, each on a lane of its own: 1 - (1 - p)^8 and 1 - (1 - p)^3. */
  @Test
  void aFetch_waitsForItsSlowestRead() {
    double latency = 1e-3;
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getFlashBuilder().setMaxBandwidth(q(1e13)).setLatency(q(latency));
    Demand demand = Synthetic.constant(TOKENS, new Counts(50, 18, 4), new Counts(70, 10, 3));
    double without = flash(device, demand, 0);
    device.getFlashBuilder().getLatencyTailBuilder().setShare(q(0.05)).setFactor(q(20));
    double any = 1 - Math.pow(0.95, 8) + 1 - Math.pow(0.95, 3);
    assertThat(without).isCloseTo(LAYERS * 2 * latency, Percentage.withPercentage(0.1));
    assertThat(flash(device, demand, 1))
        .isCloseTo(without + LAYERS * any * 19 * latency, Percentage.withPercentage(3))
        .isEqualTo(flash(device, demand, 1))
        .isNotEqualTo(flash(device, demand, 2));
  }

  /** All of the processor's time is arithmetic: half of it cold, the other at a quarter. */
  @Test
  void aProcessorThatThrottles_computesWhatIsLeftAtItsThrottledSpeed() {
    Demand demand = Synthetic.dense(DIP, 1, BLOCK, BLOCK);
    HardwareProfile slow = peak(1e7);
    double cold = total(slow, demand);
    HardwareProfile.Builder device = slow.toBuilder();
    device.getProcessorBuilder().setThrottleAfter(q(cold / 2)).setThrottledSpeed(q(0.25));
    assertThat(total(device.build(), demand)).isCloseTo(cold / 2 + cold / 2 * 4, RESOLUTION);
  }

  /** Launches alone, one layer's after another: what the rest of a token undoes is cold again. */
  @Test
  void aProcessorThatCools_isSlowForWhatItsRestDoesNotUndo() {
    Demand demand = Synthetic.dense(DIP, 1, BLOCK);
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getProcessorBuilder().setKernelLaunch(q(1e-3));
    Timing cold = run(device, demand);
    double work = cold.otherSeconds();
    double rest = cold.dramSeconds();
    device.getProcessorBuilder().setThrottleAfter(q(0)).setThrottledSpeed(q(0.5));
    assertThat(run(device, demand).otherSeconds()).isCloseTo(2 * work, RESOLUTION);
    // Each step's launches are longer than what the rest before them gives back.
    device.getProcessorBuilder().setThrottleAfter(q(1e-3)).setCooling(q(10));
    double gained = 10 * rest;
    assertThat(run(device, demand).otherSeconds())
        .isCloseTo(2 * work - gained, Percentage.withPercentage(0.1));
  }

  /** Flash reads and rests in turn: a second that is read cold takes one in place of four. */
  @Test
  void aFlashThatCools_isSlowForWhatItsRestDoesNotUndo() {
    Demand demand = Synthetic.constant(BLOCK, new Counts(300, 18, 4), new Counts(700, 10, 3));
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    Timing cold = run(device, demand);
    device.getFlashBuilder().setThrottleAfter(q(1e-9)).setThrottledBandwidth(q(0.25e9));
    Timing hot = run(device, demand);
    assertThat(hot.flashSeconds()).isCloseTo(4 * cold.flashSeconds(), RESOLUTION);
    device.getFlashBuilder().setThrottleAfter(q(1)).setCooling(q(5));
    demand = Synthetic.constant(TOKENS, new Counts(300, 18, 4), new Counts(700, 10, 3));
    Timing cooled = run(device, demand);
    double coldSeconds = 1.0 / TOKENS + 5 * cold.dramSeconds();
    assertThat(cooled.flashSeconds())
        .isCloseTo(hot.flashSeconds() - 3 * coldSeconds, Percentage.withPercentage(0.5));
  }

  private static double total(HardwareProfile device, Demand demand) {
    return demand.tokens() * sum(run(device.toBuilder(), demand));
  }

  private static double flash(HardwareProfile.Builder device, Demand demand, long seed) {
    PointConfig config =
        Synthetic.config(device.build(), BLOCK, 0).toBuilder().setSeed(seed).build();
    return time(config, DIP, demand, 0).flashSeconds();
  }

  private static Timing run(HardwareProfile.Builder device, Demand demand) {
    return time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0);
  }
}
