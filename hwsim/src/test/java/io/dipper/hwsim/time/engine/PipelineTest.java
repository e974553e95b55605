package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.DesRuns.BLOCK;
import static io.dipper.hwsim.time.accounting.DesRuns.RESOLUTION;
import static io.dipper.hwsim.time.accounting.DesRuns.paper;
import static io.dipper.hwsim.time.accounting.DesRuns.peak;
import static io.dipper.hwsim.time.accounting.DesRuns.seconds;
import static io.dipper.hwsim.time.accounting.DesRuns.time;
import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.memory.MemoryPlan;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading ahead while others compute: held to the slowest resource, from both sides. */
class PipelineTest {
  @Test
  void aDensePipeline_takesAsLongAsItsSlowestResource() {
    Demand demand = Synthetic.dense(DIP, 0, 512);
    for (double peak : new double[] {4e9, 1e12}) {
      HardwareProfile.Builder device = peak(peak).toBuilder().setOverlap(Overlap.PIPELINE);
      device.getFlashBuilder().setLatency(q(75e-6)).setLanes(q(8)).setCommandSize(q(65536));
      PointConfig config = Synthetic.config(device.build(), 512, 0);
      ModelBytes bytes = ModelBytes.of(config);
      double flash = bytes.mlp() / 1e9;
      double weights = (bytes.mlp() + bytes.attention()) * 2 + bytes.head();
      double compute = (2 * weights + 4.0 * 512 * 256 * LAYERS) / peak;

      double seconds = 1 / time(config, DIP, demand, 0).tokensPerSecond();

      assertThat(seconds).isGreaterThanOrEqualTo(Math.max(flash, compute) * (1 - 1e-6));
      assertThat(seconds).isCloseTo(Math.max(flash, compute), Percentage.withPercentage(0.5));
    }
  }

  /**
   * What reads take of the processor is added to arithmetic beside them, which goes on all the time
   * or is waited for anyhow; where nothing overlaps, to nothing.
   */
  @Test
  void readsHoldUpArithmeticBesideThem() {
    Demand demand = Synthetic.dense(DIP, 0, 512);
    HardwareProfile.Builder slow = peak(4e9).toBuilder().setOverlap(Overlap.PIPELINE);
    double alone = secondsOf(slow, demand);
    slow.getFlashBuilder().setProcessorPerByte(q(0.5e-9));
    double bytes = ModelBytes.of(Synthetic.config(slow.build(), 512, 0)).mlp();
    assertThat(secondsOf(slow, demand))
        .isCloseTo(alone + bytes * 0.5e-9, Percentage.withPercentage(0.5));
    slow.setOverlap(Overlap.NONE);
    double apart = secondsOf(slow, demand);
    slow.getFlashBuilder().clearProcessorPerByte();
    assertThat(secondsOf(slow, demand)).isEqualTo(apart);

    HardwareProfile.Builder fast = peak(1e12).toBuilder().setOverlap(Overlap.PIPELINE);
    double flash = secondsOf(fast, demand);
    fast.getFlashBuilder().setProcessorPerRead(q(1e-6));
    assertThat(secondsOf(fast, demand)).isCloseTo(flash, Percentage.withPercentage(0.5));
  }

  private static double secondsOf(HardwareProfile.Builder device, Demand demand) {
    return 1 / time(Synthetic.config(device.build(), 512, 0), DIP, demand, 0).tokensPerSecond();
  }

  /** Half of the weights cached; with Flash's own way in, or writing through the port as well. */
  @ParameterizedTest
  @CsvSource({"false, 0.6e9", "true, 1.2e9"})
  void aDensePipeline_takesAsLongAsTheDram_whereThatIsTheSlowest(boolean traffic, double dram) {
    HardwareProfile.Builder device = peak(1e12).toBuilder().setOverlap(Overlap.PIPELINE);
    device.getDramBuilder().setBandwidth(q(dram)).setFlashTraffic(traffic);
    PointConfig config = Synthetic.config(device.build(), 512, 0);
    ModelBytes bytes = ModelBytes.of(config);
    double flash = bytes.mlp() / 2 / 1e9;
    // Hits are read once; what is fetched is written and read again.
    double port = bytes.mlp() / 2 * (traffic ? 3 : 1);
    port += bytes.attention() + bytes.kvCache(256) + bytes.head();
    assertThat(port / dram).isGreaterThan(1.2 * flash);

    double seconds = 1 / time(config, DIP, Synthetic.dense(DIP, 0.5, 512), 0).tokensPerSecond();

    assertThat(seconds).isGreaterThanOrEqualTo(port / dram * (1 - 1e-6));
    assertThat(seconds).isCloseTo(port / dram, Percentage.withPercentage(0.5));
  }

  /** Where Flash is far slower than arithmetic, or far faster; at balance it takes more. */
  @Test
  void theDefaultBuffer_isEnoughForADensePipeline_awayFromBalance() {
    double matrix = ModelBytes.of(Synthetic.config(paper(Overlap.PIPELINE), 512, 0)).matrix();
    double twoSteps = 2 * 2 * matrix;
    double token = 3 * LAYERS * matrix;
    assertThat(slowdown(2e9, twoSteps)).isBetween(1 - 1e-6, 1.005);
    assertThat(slowdown(1e12, twoSteps)).isBetween(1 - 1e-6, 1.005);
    assertThat(slowdown(8e9, twoSteps)).isBetween(1.1, 1.25);
    assertThat(slowdown(8e9, token)).isBetween(1 - 1e-6, 1.01);
  }

  /** The time of a dense pipeline over that of its slowest resource. */
  private static double slowdown(double peak, double buffer) {
    HardwareProfile.Builder device = peak(peak).toBuilder().setOverlap(Overlap.PIPELINE);
    PointConfig config = Synthetic.config(device.build(), 512, 0);
    ModelBytes bytes = ModelBytes.of(config);
    double weights = (bytes.mlp() + bytes.attention()) * 2 + bytes.head();
    double compute = (2 * weights + 4.0 * 512 * 256 * LAYERS) / peak;
    MemoryPlan plan = Synthetic.plan(config, DIP, 0, buffer);
    Demand demand = Synthetic.dense(DIP, 0, 512);
    double seconds =
        1 / new DesAccounting().time(new Workload(config, plan, demand)).tokensPerSecond();
    return seconds / Math.max(bytes.mlp() / 1e9, compute);
  }

  @Test
  void withoutABuffer_eachStepFetchesForItself() {
    Demand demand = Synthetic.dense(DIP, 0, BLOCK);
    HardwareProfile device = paper(Overlap.PIPELINE);
    PointConfig config = Synthetic.config(device, BLOCK, 0);
    ModelBytes bytes = ModelBytes.of(config);
    MemoryPlan plan = Synthetic.plan(config, DIP, 0, 0);
    double kv = bytes.kvCache(BLOCK / 2.0);

    double seconds =
        1 / new DesAccounting().time(new Workload(config, plan, demand)).tokensPerSecond();

    // Nothing of the MLP is cached, so its steps take Flash's time, the others DRAM's.
    double statics = (bytes.attention() + kv + bytes.head()) / 60e9;
    assertThat(seconds).isCloseTo(bytes.mlp() / 1e9 + statics, RESOLUTION);
  }

  @Test
  void aPipelineOfEqualStages_fillsOnceAndThenRunsAtTheStagesPace() {
    // No attention to speak of but the model's own: compute of a group as long as its fetch.
    Demand demand = Synthetic.dense(GLU, 0, 64);
    HardwareProfile.Builder device = paper(Overlap.PIPELINE).toBuilder();
    device.getDramBuilder().setBandwidth(q(1e13));
    PointConfig config = Synthetic.config(device.build(), 64, 0);
    double stage = ModelBytes.of(config).matrix() / 1e9;

    double seconds = 64 / time(config, GLU, demand, 0).tokensPerSecond();

    assertThat(seconds).isCloseTo(64 * LAYERS * stage, Percentage.withPercentage(0.1));
  }

  @Test
  void moreOverlap_isNeverSlower() {
    for (String name : HardwareProfiles.list()) {
      HardwareProfile profile = HardwareProfiles.resolve(name).profile();
      for (List<UnitGroup> groups : List.of(DIP, GLU)) {
        Demand demand = Synthetic.random(groups, 17, BLOCK);
        double none = seconds(overlap(profile, Overlap.NONE), groups, demand, 1e6);
        double io = seconds(overlap(profile, Overlap.IO), groups, demand, 1e6);
        double pipeline = seconds(overlap(profile, Overlap.PIPELINE), groups, demand, 1e6);
        assertThat(io).as(name).isLessThanOrEqualTo(none * (1 + 1e-9));
        assertThat(pipeline).as(name).isLessThanOrEqualTo(io * (1 + 1e-9));
      }
    }
  }

  private static HardwareProfile overlap(HardwareProfile profile, Overlap overlap) {
    return profile.toBuilder().setOverlap(overlap).build();
  }
}
