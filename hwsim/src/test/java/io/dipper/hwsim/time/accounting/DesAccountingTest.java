package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.DesRuns.BLOCK;
import static io.dipper.hwsim.time.accounting.DesRuns.RESOLUTION;
import static io.dipper.hwsim.time.accounting.DesRuns.paper;
import static io.dipper.hwsim.time.accounting.DesRuns.peak;
import static io.dipper.hwsim.time.accounting.DesRuns.seconds;
import static io.dipper.hwsim.time.accounting.DesRuns.sum;
import static io.dipper.hwsim.time.accounting.DesRuns.time;
import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import org.junit.jupiter.api.Test;

/** Fixed costs, prompts, and what is promised of every device. */
class DesAccountingTest {
  @Test
  void fixedCosts_addUpByTheirCounts() {
    HardwareProfile.Builder costly = paper(Overlap.NONE).toBuilder();
    costly
        .getProcessorBuilder()
        .setKernelLaunch(q(3e-6))
        .setLayerSynchronisation(q(7e-6))
        .setSelectPerElement(q(2e-9))
        .setGatherPerUnit(q(5e-9));
    Demand demand = Synthetic.random(DIP, 11, BLOCK);
    double selected = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
      selected += demand.selectedTotal(0, layer) + demand.selectedTotal(1, layer);
    }

    Timing timing = time(Synthetic.config(costly.build(), BLOCK, 0), DIP, demand, 0);

    // Per layer: five kernels of attention, three of the MLP; then the head.
    assertThat(timing.otherSeconds())
        .isCloseTo(LAYERS * (8 * 3e-6 + 7e-6) + 3e-6 + 7e-6, RESOLUTION);
    double scored = LAYERS * (512 + 1536) * 2e-9;
    assertThat(timing.selectSeconds()).isCloseTo(scored + selected / BLOCK * 5e-9, RESOLUTION);
  }

  @Test
  void theRoofline_turnsAtItsKnee() {
    Demand demand = Synthetic.dense(DIP, 1, BLOCK);
    ModelBytes bytes = ModelBytes.of(Synthetic.config(paper(Overlap.NONE), BLOCK, 0));
    double memoryBound = seconds(paper(Overlap.NONE), DIP, demand, 0);
    // At 4 bits a byte takes 4 FLOP: the MLP's knee is at 240 GFLOP/s beside 60 GB/s.
    double atKnee = seconds(peak(240e9), DIP, demand, 0);
    double halved = seconds(peak(120e9), DIP, demand, 0);

    assertThat(atKnee - memoryBound).isBetween(0.0, 0.02 * memoryBound);
    Timing compute = time(Synthetic.config(peak(120e9), BLOCK, 0), DIP, demand, 0);
    double weights = (bytes.mlp() + bytes.attention()) * 2 + bytes.head();
    double kv = 4.0 * 512 * BLOCK / 2 * LAYERS;
    assertThat(halved).isGreaterThan(1.5 * memoryBound);
    assertThat(peak(1e9).getProcessor().getPeak().getValue()).isEqualTo(1e9);
    assertThat(seconds(peak(1e9), DIP, demand, 0)).isCloseTo((2 * weights + kv) / 1e9, RESOLUTION);
    assertThat(compute.computeSeconds()).isPositive();
  }

  @Test
  void everyBuiltInDevice_spendsTheElapsedTimeOnSomething() {
    for (String name : HardwareProfiles.list()) {
      PointConfig config = Synthetic.config(HardwareProfiles.resolve(name).profile(), BLOCK, 8);
      Timing timing = time(config, GLU, Synthetic.random(GLU, 19, BLOCK), 1e6);
      assertThat(sum(timing)).as(name).isCloseTo(1 / timing.tokensPerSecond(), RESOLUTION);
      assertThat(timing.ttftSeconds()).as(name).isPositive();
      boolean energies = config.getHardware().hasEnergy();
      assertThat(Double.isNaN(timing.energyJoulePerToken())).as(name).isEqualTo(!energies);
    }
  }

  @Test
  void aPrompt_streamsTheWeightsOnce_howeverLongItIs() {
    Demand demand = Synthetic.random(DIP, 23, 8);
    PointConfig none = Synthetic.config(paper(Overlap.NONE), 2048, 0);
    PointConfig prompt = Synthetic.config(paper(Overlap.NONE), 2048, 1024);
    ModelBytes bytes = ModelBytes.of(none);
    double pass = bytes.mlp() / 1e9 + (bytes.attention() + bytes.head()) / 60e9;

    assertThat(time(none, DIP, demand, 0).ttftSeconds()).isCloseTo(pass, RESOLUTION);
    assertThat(time(prompt, DIP, demand, 0).ttftSeconds())
        .isCloseTo(pass + bytes.kvCache(1024) / 60e9, RESOLUTION);
  }

  /** A profile's static power is drawn over the whole time; the rest is by byte and operation. */
  @Test
  void energy_addsStaticPowerOverTheElapsedTime_andSaysWhatItCovers() {
    Demand demand = Synthetic.random(DIP, 23, 8);
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getEnergyBuilder().setFlashRead(q(1e-9)).setDramAccess(q(2e-10));
    Timing none = time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0);
    assertThat(none.energyJoulePerToken()).isNaN();
    assertThat(none.energy().covers()).isEqualTo("nothing: test gives no energy.compute");
    device.getEnergyBuilder().setCompute(q(0));
    Timing three = time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0);
    // No compute costs: what is left is bytes, those of DRAM at 60 GB/s in the ledger.
    double dramBytes = three.dramSeconds() * 60e9;
    assertThat(three.energyJoulePerToken())
        .isCloseTo(three.flashBytesReadPerToken() * 1e-9 + dramBytes * 2e-10, RESOLUTION);
    assertThat(three.energy().covers()).isEqualTo("flash+dram+compute");
    device.getEnergyBuilder().setStaticPower(q(1.5));
    Timing all = time(Synthetic.config(device.build(), BLOCK, 0), DIP, demand, 0);
    assertThat(all.energyJoulePerToken())
        .isCloseTo(three.energyJoulePerToken() + 1.5 / all.tokensPerSecond(), RESOLUTION);
    assertThat(all.energy().covers()).isEqualTo("flash+dram+compute+static");
  }

  @Test
  void twoRuns_areEqualToTheLastBit() {
    PointConfig config =
        Synthetic.config(HardwareProfiles.resolve("snapdragon-8-gen-3").profile(), BLOCK, 0);
    Demand demand = Synthetic.random(GLU, 29, BLOCK);
    assertThat(time(config, GLU, demand, 1e6)).isEqualTo(time(config, GLU, demand, 1e6));
  }

  @Test
  void aPointThatNeedsMoreDramThanThereIs_isRefused() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getDramBuilder().setCapacity(q(1e6));
    assertThatThrownBy(() -> seconds(device.build(), DIP, Synthetic.random(DIP, 1, BLOCK), 0))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "the point takes 5 MB of DRAM \\(KV cache .*\\), test has 1 MB; give it less");
  }

  @Test
  void aTokenBeyondTheClock_isRefused() {
    HardwareProfile.Builder device = paper(Overlap.NONE).toBuilder();
    device.getFlashBuilder().setMaxBandwidth(q(1e2));
    assertThatThrownBy(() -> seconds(device.build(), DIP, Synthetic.dense(DIP, 0, 1), 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("longer than 75 minutes");
  }
}
