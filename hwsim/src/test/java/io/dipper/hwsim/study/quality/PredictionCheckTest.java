package io.dipper.hwsim.study.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.hwsim.study.result.PredictionRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionCheckTest {
  private static PredictionRow row(boolean fitted, double predicted, double measured) {
    return new PredictionRow(
        "p", fitted, predicted, predicted - 0.02, predicted + 0.02, measured, 0.001);
  }

  @Test
  void workedExample() {
    PredictionCheck check =
        PredictionCheck.of(
            List.of(
                row(true, 9, 0.1),
                row(false, 0.001, 0.002),
                row(false, 0.11, 0.10),
                row(false, 0.09, 0.12),
                row(false, 0.2, 0.21),
                row(false, 0.5, 0.6)));
    assertThat(check.points()).isEqualTo(5);
    // Of ten pairs one is in the wrong order.
    assertThat(check.kendallTau()).isCloseTo(0.8, within(1e-12));
    // 10 %, 25 % and 4.8 %; the first and the last are outside the range.
    assertThat(check.compared()).isEqualTo(3);
    assertThat(check.medianError()).isCloseTo(0.1, within(1e-12));
    // 0.12 and 0.6 are outside.
    assertThat(check.covered()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void pairs_countWhereRunsCanTellThemApart() {
    List<PredictionRow> rows =
        List.of(
            row(true, 9, 0.1),
            row(false, 0.11, 0.100),
            row(false, 0.09, 0.102),
            row(false, 0.08, 0.110),
            row(false, 0.20, 0.200),
            new PredictionRow("alone", false, 0.3, 0.2, 0.4, 0.3, null));
    // Of the first three held out, 0.002 apart is within two errors of 0.0014; 0.008 and 0.01 are
    // not, and in the wrong order; 0.2 is above all three.
    assertThat(PairOrder.of(rows)).isEqualTo(new PairOrder(5, 3));
    assertThat(PairOrder.of(List.of())).isEqualTo(new PairOrder(0, 0));
  }

  @Test
  void nothingHeldOut_isNotANumber() {
    PredictionCheck check = PredictionCheck.of(List.of(row(true, 0.1, 0.1)));
    assertThat(check.points()).isZero();
    assertThat(check.kendallTau()).isNaN();
    assertThat(check.medianError()).isNaN();
    assertThat(check.covered()).isNaN();
  }
}
