package io.dipper.hwsim.study.verdict;

import static io.dipper.hwsim.study.verdict.Swept.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.result.VerdictRow.Deciding;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceBandsTest {
  private static final LossBound BOUND = new LossBound(0.5);

  /** A dense point, a fast mask that loses much, a slower one that loses little, one unknown. */
  private static SweptPoints points() {
    return new Swept()
        .with(row("d", "dense", 1, 100))
        .with(row("fast", "dip", 0.3, 300).with("perplexity", 13.0))
        .with(row("kept", "dip", 0.7, 150).with("perplexity_predicted", 10.4))
        .with(row("unknown", "gate", 0.5, 180))
        .with(row("lossy", "up", 0.4, 170).with("perplexity", 12.0))
        .points();
  }

  private static VerdictRow band(String id, String policy, double speedup) {
    return new VerdictRow(
        new PointName(id, "phone", "des", policy, "{}", "lfu"),
        new VerdictRow.Against("d", 10, 3),
        new VerdictRow.SpeedUp(
            speedup, speedup - 0.1, speedup + 0.1, Verdict.of(speedup, speedup).key()),
        Deciding.NOTHING);
  }

  @Test
  void ofEachPolicy_theFastestPointIsTheOneWithABand_whateverIsKnownOfItsLoss() {
    assertThat(points().fastestOfPolicies())
        .extracting(PointRow::pointId)
        .containsExactly("fast", "unknown", "lossy");
  }

  @Test
  void aLine_saysWhatItsPointLoses_andWhetherThatIsOverTheBound() {
    List<VerdictRow> bands =
        List.of(
            band("fast", "dip", 3),
            band("kept", "dip", 1.5),
            band("unknown", "gate", 1.8),
            band("lossy", "up", 1.7));
    DeviceName phone = DeviceName.of(row("d", "dense", 1, 100).make());
    assertThat(new DeviceBands(points(), bands, BOUND).of(phone))
        .containsExactly(
            "over the ranges of 3 numbers of the device: 4 faster, 0 slower, 0 as fast, 0 not"
                + " decided",
            "dip at 0.70 with 50% of the model (predicted loss +0.40): faster by 1.40 to 1.60",
            "gate at 0.50 with 50% of the model (loss unknown): faster by 1.70 to 1.90",
            "up at 0.40 with 50% of the model (loss +2.00, over +0.5): faster by 1.60 to 1.80");
    assertThat(new DeviceBands(points(), bands, LossBound.ANY).of(phone))
        .startsWith(
            "over the ranges of 3 numbers of the device: 4 faster, 0 slower, 0 as fast, 0 not"
                + " decided",
            "dip at 0.30 with 50% of the model (loss +3.00): faster by 2.90 to 3.10");
  }

  @Test
  void thePointOfTheLargestBand_isTheLargestGainOfTheVerdict() {
    DeviceVerdict verdict = DeviceVerdict.of(points(), BOUND).get(0);
    assertThat(verdict.wins()).isTrue();
    assertThat(verdict.sentence()).contains("dip at 0.70 is 1.50x dense");
  }
}
