package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.replay.unit.UnitGroup;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.memory.ModelBytes;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.PointConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How busy each component is, against what its closed form says of the work done in the time. */
class UtilisationTest {
  private static final int BLOCK = 32;
  private static final double RESOLUTION = 1e-6;

  @Test
  void serially_flashAndPortAreBusyInTurn_andTheirSharesAreTheLedgers() {
    Timing timing = time(device(Overlap.NONE).build(), DIP, Synthetic.random(DIP, 3, BLOCK), 0);
    Utilisation busy = Objects.requireNonNull(timing.utilisation());
    double total = timing.ledger().total();
    assertThat(busy.flash()).isCloseTo(timing.flashSeconds() / total, within(RESOLUTION));
    assertThat(busy.port()).isCloseTo(timing.dramSeconds() / total, within(RESOLUTION));
    assertThat(busy.flash() + busy.port()).isCloseTo(1, within(RESOLUTION));
    assertThat(busy.processor()).isZero();
  }

  @Test
  void theProcessor_isBusyWithItsArithmeticAndFixedCosts_whereverTheyHide() {
    HardwareProfile.Builder device = device(Overlap.PIPELINE);
    device.getProcessorBuilder().setPeak(q(50e9)).setKernelLaunch(q(2e-6));
    Demand demand = Synthetic.dense(GLU, 1, BLOCK);
    Timing timing = time(device.build(), GLU, demand, 0);
    PointConfig config = Synthetic.config(device.build(), BLOCK, 0);
    ModelBytes bytes = ModelBytes.of(config);
    double weights = (bytes.attention() + bytes.matrix() * 3 * Synthetic.LAYERS) / 0.5;
    double flops = 2 * (weights + bytes.head()) + 4.0 * 512 * Synthetic.LAYERS * BLOCK / 2;
    double launches = 2e-6 * (8 * Synthetic.LAYERS + 1);
    Utilisation busy = Objects.requireNonNull(timing.utilisation());
    assertThat(busy.processor())
        .isCloseTo((flops / 50e9 + launches) / timing.ledger().total(), within(RESOLUTION));
  }

  @Test
  void aFlashBoundPipeline_keepsFlashBusyAllTheTime() {
    Demand demand = Synthetic.dense(DIP, 0, BLOCK);
    Utilisation busy =
        Objects.requireNonNull(
            time(device(Overlap.PIPELINE).build(), DIP, demand, 0).utilisation());
    assertThat(busy.flash()).isGreaterThan(0.99).isLessThanOrEqualTo(1);
  }

  @Test
  void flashTraffic_takesItsShareOfThePort() {
    HardwareProfile.Builder device = device(Overlap.NONE);
    device.getDramBuilder().setFlashTraffic(true);
    Demand demand = Synthetic.dense(DIP, 0, BLOCK);
    Timing timing = time(device.build(), DIP, demand, 0);
    Utilisation busy = Objects.requireNonNull(timing.utilisation());
    double written = timing.flashSeconds() * 1e9 / 60e9;
    assertThat(busy.port())
        .isCloseTo((written + timing.dramSeconds()) / timing.ledger().total(), within(RESOLUTION));
  }

  private static HardwareProfile.Builder device(Overlap overlap) {
    HardwareProfile.Builder device =
        HardwareProfile.newBuilder().setName("test").setOverlap(overlap);
    device.getFlashBuilder().setMaxBandwidth(q(1e9));
    device.getDramBuilder().setBandwidth(q(60e9));
    return device;
  }

  private static Timing time(
      HardwareProfile device, List<UnitGroup> groups, Demand demand, double streamed) {
    PointConfig config = Synthetic.config(device, BLOCK, 0);
    return new DesAccounting()
        .time(new Workload(config, Synthetic.plan(config, groups, streamed), demand));
  }
}
