package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.memory.DefaultBits;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import org.junit.jupiter.api.Test;

/** Gathering the units that a mask selects. */
class GatherTest {
  private static final int INPUTS = 100;
  private static final int GLU_UNITS = 300;

  @Test
  void gatheringCostsByUnit_andByByteOfWhatWasCached() {
    Demand demand =
        Synthetic.constant(
            4,
            new Synthetic.Counts(INPUTS, INPUTS, 0),
            new Synthetic.Counts(GLU_UNITS, GLU_UNITS / 2, 1));
    double cachedBytes =
        INPUTS * DIP.get(0).bytesPerUnit(DefaultBits.PAPER)
            + GLU_UNITS / 2 * DIP.get(1).bytesPerUnit(DefaultBits.PAPER);
    double none = DesRuns.seconds(device(0, 0), DIP, demand, 0);
    double both = DesRuns.seconds(device(2e-9, 3e-12), DIP, demand, 0);
    assertThat(both - none)
        .isCloseTo(
            Synthetic.LAYERS * (2e-9 * (INPUTS + GLU_UNITS) + 3e-12 * cachedBytes),
            DesRuns.RESOLUTION);
  }

  /** What lies beyond the first bytes of a unit is read ahead. */
  @Test
  void ofALongUnit_onlySoManyBytesCost() {
    Demand demand =
        Synthetic.constant(
            4,
            new Synthetic.Counts(INPUTS, INPUTS, 0),
            new Synthetic.Counts(GLU_UNITS, GLU_UNITS / 2, 1));
    double first = DIP.get(0).bytesPerUnit(DefaultBits.PAPER);
    double second = DIP.get(1).bytesPerUnit(DefaultBits.PAPER);
    double most = (first + second) / 2;
    HardwareProfile.Builder limited = device(0, 3e-12).toBuilder();
    limited.getProcessorBuilder().setGatherBytes(q(most));
    double bytes = INPUTS * Math.min(first, most) + GLU_UNITS / 2 * Math.min(second, most);
    assertThat(
            DesRuns.seconds(limited.build(), DIP, demand, 0)
                - DesRuns.seconds(device(0, 0), DIP, demand, 0))
        .isCloseTo(Synthetic.LAYERS * 3e-12 * bytes, DesRuns.RESOLUTION);
  }

  @Test
  void aFullMask_isNotGathered() {
    Demand dense = Synthetic.dense(DIP, 0.5, 4);
    assertThat(DesRuns.seconds(device(2e-9, 3e-12), DIP, dense, 0))
        .isEqualTo(DesRuns.seconds(device(0, 0), DIP, dense, 0));
  }

  private static HardwareProfile device(double perUnit, double perByte) {
    HardwareProfile.Builder device = DesRuns.paper(Overlap.NONE).toBuilder();
    device.getProcessorBuilder().setGatherPerUnit(q(perUnit)).setGatherPerByte(q(perByte));
    return device.build();
  }
}
