package io.dipper.hwsim.time.accounting;

import static io.dipper.hwsim.time.accounting.Synthetic.DIP;
import static io.dipper.hwsim.time.accounting.Synthetic.q;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Overlap;
import io.dipper.proto.VectorTimes;
import org.junit.jupiter.api.Test;

/** What each row or column of weights takes, whatever its length. */
class VectorCostTest {
  private static final int INPUTS = 100;
  private static final int COLUMNS = 300;

  /** So much that reading weights and KV cache is always sooner. */
  private static final double SECONDS = 1e-3;

  @Test
  void everyRowAndColumn_costsItsTime() {
    Demand demand =
        Synthetic.constant(
            4,
            new Synthetic.Counts(INPUTS, INPUTS / 2, 1),
            new Synthetic.Counts(COLUMNS, COLUMNS / 4, 1));
    // W_q and W_o have 512 rows of H, W_k and W_v 256, the head one for each of 8,192 tokens.
    double rows = Synthetic.LAYERS * (2 * 512 + 2 * 256) + 8192;
    // Each input has a column of W_up and one of W_gate; what is cached costs as much as the rest.
    double columns = Synthetic.LAYERS * (2 * INPUTS + COLUMNS);
    double once = DesRuns.seconds(device(SECONDS), DIP, demand, 0);
    double twice = DesRuns.seconds(device(2 * SECONDS), DIP, demand, 0);
    assertThat(twice - once).isCloseTo(SECONDS * (rows + columns), DesRuns.RESOLUTION);
  }

  private static HardwareProfile device(double seconds) {
    HardwareProfile.Builder device = DesRuns.paper(Overlap.NONE).toBuilder();
    device.getProcessorBuilder().setMultiplyPerVector(VectorTimes.newBuilder().setQ40(q(seconds)));
    return device.build();
  }
}
