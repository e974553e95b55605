package io.dipper.hwsim.time.engine;

import static io.dipper.hwsim.time.accounting.Synthetic.GLU;
import static io.dipper.hwsim.time.accounting.Synthetic.LAYERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.replay.demand.Demand;
import io.dipper.hwsim.time.accounting.DesAccounting;
import io.dipper.hwsim.time.accounting.Synthetic;
import io.dipper.hwsim.time.accounting.Timing;
import io.dipper.hwsim.time.schedule.StepKind;
import io.dipper.hwsim.time.schedule.Workload;
import io.dipper.proto.PointConfig;
import org.junit.jupiter.api.Test;

class EngineListenerTest {
  /** Checks each stretch as it comes, and adds them up. */
  private static final class Sums implements EngineListener {
    private final double[] seconds = new double[Activity.values().length];
    private int row = -1;
    private int layer;
    private double lastEndPs;

    @Override
    public void spent(Stretch stretch) {
      int row = stretch.place().row();
      int layer = stretch.place().layer();
      double startPs = stretch.startPs();
      double endPs = stretch.endPs();
      if (row != this.row) {
        assertThat(row).isEqualTo(this.row + 1);
        assertThat(startPs).isZero();
        this.row = row;
        this.layer = 0;
      } else {
        assertThat(startPs).isEqualTo(lastEndPs);
      }
      assertThat(endPs).isGreaterThan(startPs);
      assertThat(layer).isBetween(this.layer, LAYERS);
      assertThat(layer == LAYERS).isEqualTo(stretch.place().step() == StepKind.HEAD);
      this.layer = layer;
      lastEndPs = endPs;
      seconds[stretch.activity().ordinal()] += (endPs - startPs) / 1e12;
    }
  }

  @Test
  void itHearsEveryMomentOfEveryTokenOnce_andTheLedgerIsTheirSum() {
    for (String device : HardwareProfiles.list()) {
      PointConfig config = Synthetic.config(HardwareProfiles.resolve(device).profile(), 32, 0);
      Demand demand = Synthetic.random(GLU, 31, 32, 32);
      Sums sums = new Sums();

      Timing timing =
          new DesAccounting(sums)
              .time(new Workload(config, Synthetic.plan(config, GLU, 2e6), demand));

      double tolerance = 1e-12;
      assertThat(sums.row).isEqualTo(63);
      TimeLedger ledger = timing.ledger();
      for (Activity activity : Activity.values()) {
        assertThat(sums.seconds[activity.ordinal()] / 64)
            .isCloseTo(ledger.of(activity), within(tolerance));
      }
      assertThat(ledger.idle()).isZero();
      assertThat(ledger.total())
          .isCloseTo(ledger.byKey().values().stream().mapToDouble(s -> s).sum(), within(tolerance));
    }
  }
}
