package io.dipper.hwsim.study.verdict;

import static io.dipper.hwsim.study.verdict.Swept.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.Row;
import org.junit.jupiter.api.Test;

class DeviceVerdictTest {
  private static DeviceVerdict verdict(Swept swept) {
    return verdict(swept, new LossBound(0.5));
  }

  private static DeviceVerdict verdict(Swept swept, LossBound bound) {
    return DeviceVerdict.of(swept.points(), bound).get(0);
  }

  private static Row timed(Row row, double flashShare) {
    double time = 1 / row.make().time().tokensPerSecond();
    return row.with("time_flash_s", flashShare * time)
        .with("time_compute_s", (1 - flashShare) * time)
        .with("time_select_s", 0.0);
  }

  /** A mask that is faster by some, one that is faster by much, and one that is slower. */
  private static Swept swept(Row some, Row much) {
    return new Swept()
        .with(row("d", "dense", 1, 100))
        .with(some)
        .with(much)
        .with(row("o", "dip", 0.9, 80).with("perplexity", 10.0));
  }

  @Test
  void masksThatWin_areNamedWithTheirDensityAndTheirLoss() {
    DeviceVerdict verdict =
        verdict(
            swept(
                row("m", "dip", 0.7, 120).with("perplexity", 10.2),
                row("n", "dip", 0.4, 210).with("perplexity_predicted", 10.5)));
    assertThat(verdict.wins()).isTrue();
    assertThat(verdict.device()).hasToString("phone by des");
    assertThat(verdict.sentence())
        .isEqualTo(
            "masks win with a loss of at most +0.5 up to density 0.70: dip at 0.70 is 1.20x dense"
                + " with 50% of the model (loss +0.20); the largest gain: dip at 0.40 is 2.10x dense with 50% of"
                + " the model (predicted loss +0.50)");
  }

  private static Row routed(String id, String policy, String parameters, double speed) {
    return row(id, policy, 0.25, speed)
        .with("policy_params", parameters)
        .with("hit_rate", 0.5)
        .with("lookups", 80L)
        .with("lost_to_fewer", 0.0)
        .with("lost_to_others", 0.0);
  }

  @Test
  void policiesOfRouters_areNamedByTheirParameters_andByTheWeightThatTheyLose() {
    Swept swept =
        new Swept()
            .with(routed("r", "router", "{}", 100))
            .with(routed("d", "drop-cold", "{\"f\":0.75}", 150).with("lost_to_fewer", 0.02));
    assertThat(verdict(swept).sentence())
        .isEqualTo(
            "router policies are faster, but what they lose is unknown, where drop-cold:f=0.75 is"
                + " 1.50x the model's own router with 50% of the model (loss unknown, 2.0% of the"
                + " router's weight is lost)");
  }

  @Test
  void aRouterAlone_isNamedWithItsHitRate() {
    Swept swept = new Swept().with(routed("r", "router", "{}", 100));
    assertThat(verdict(swept).sentence())
        .isEqualTo(
            "router is the fastest with 50% of the model: 100 tokens/s at a hit rate of 50.0%");
  }

  @Test
  void aMaskThatLosesMoreThanIsAllowed_isNotTheOneThatWinsMost() {
    Swept swept =
        swept(
            row("m", "dip", 0.7, 120).with("perplexity", 10.2),
            row("n", "dip", 0.4, 210).with("perplexity_predicted", 32.19));
    assertThat(verdict(swept).sentence())
        .isEqualTo(
            "masks win with a loss of at most +0.5 up to density 0.70: dip at 0.70 is 1.20x dense"
                + " with 50% of the model (loss +0.20)");
    assertThat(verdict(swept, LossBound.ANY).wins()).isFalse();
    assertThat(verdict(swept, LossBound.ANY).sentence())
        .startsWith("masks are faster, whatever they lose, up to density 0.70")
        .endsWith("(predicted loss +22.19)");
  }

  @Test
  void masksThatLoseTooMuch_winNowhere() {
    DeviceVerdict verdict =
        verdict(
            swept(
                row("m", "dip", 0.5, 120).with("perplexity_predicted", 32.19),
                row("n", "dip", 0.4, 210).with("perplexity", 78.0)));
    assertThat(verdict.wins()).isFalse();
    assertThat(verdict.sentence())
        .isEqualTo(
            "masks win nowhere here with a loss of at most +0.5: of those that are faster, the"
                + " least is lost where dip at 0.50 is 1.20x dense with 50% of the model (predicted"
                + " loss +22.19)");
  }

  @Test
  void masksOfUnknownQuality_areFaster_butDoNotWin() {
    DeviceVerdict verdict =
        verdict(
            swept(
                row("m", "dip", 0.7, 120).with("retained_energy_h", 0.97),
                row("n", "dip", 0.4, 210).with("retained_energy_h", 0.93)));
    assertThat(verdict.wins()).isFalse();
    assertThat(verdict.sentence())
        .isEqualTo(
            "masks are faster, but what they lose is unknown, up to density 0.70: dip at 0.70 is"
                + " 1.20x dense with 50% of the model (loss unknown, keeps 97.0% of the energy);"
                + " the largest gain: dip at 0.40 is 2.10x dense with 50% of the model (loss unknown,"
                + " keeps 93.0% of the energy)");
  }

  @Test
  void theUsualBound_isTheLargestChoiceWithinATwentiethOfTheDensePerplexity() {
    for (double[] each :
        new double[][] {{5.47, 0.2}, {10, 0.5}, {18.84, 0.5}, {20, 1}, {45.96, 2}, {1.2, 0.1}}) {
      Row row = row("d", "dense", 1, 100).with("perplexity_dense", each[0]);
      assertThat(LossBound.usual(new Swept().with(row).points().rows()).most()).isEqualTo(each[1]);
    }
    Row unknown = row("d", "dense", 1, 100).with("perplexity_dense", null);
    assertThat(LossBound.usual(new Swept().with(unknown).points().rows())).isEqualTo(LossBound.ANY);
  }

  @Test
  void aGainWithinAPerCent_isNoWin() {
    DeviceVerdict verdict =
        verdict(new Swept().with(row("d", "dense", 1, 100)).with(row("m", "dip", 0.5, 100.5)));
    assertThat(verdict.wins()).isFalse();
  }

  @Test
  void everythingResident_isTheReason() {
    DeviceVerdict verdict =
        verdict(
            new Swept()
                .with(row("d", "dense", 1, 100).with("flash_bytes_per_token", 0.0))
                .with(row("m", "dip", 0.5, 90).with("flash_bytes_per_token", 0.0)));
    assertThat(verdict.sentence())
        .isEqualTo(
            "masks win nowhere here, at best dip at 0.50 is 0.90x dense with 50% of the model, since"
                + " everything is resident, and nothing is left to stream");
  }

  @Test
  void aProcessorThatIsBusy_isTheReason() {
    DeviceVerdict verdict =
        verdict(
            new Swept()
                .with(timed(row("d", "dense", 1, 100), 0.2))
                .with(timed(row("m", "dip", 0.5, 95), 0.1)));
    assertThat(verdict.sentence())
        .endsWith(
            "since a dense token waits for Flash only 20% of its time: the processor and DRAM"
                + " decide");
  }

  @Test
  void requests_areTheReason_whereLessIsWantedAndTakesLonger() {
    DeviceVerdict verdict =
        verdict(
            new Swept()
                .with(timed(row("d", "dense", 1, 100), 0.9).with("flash_requests_per_token", 30.0))
                .with(
                    timed(row("m", "dip", 0.5, 50), 0.95)
                        .with("flash_requests_per_token", 2000.0)));
    assertThat(verdict.sentence())
        .endsWith(
            "since requests decide: it wants 0.500 MB of Flash a token instead of 1.00 MB, but in"
                + " 2,000 requests of 0.250 kB, which take 19.0 ms instead of 9.00");
  }

  @Test
  void withoutDense_nothingIsClaimed() {
    assertThat(verdict(new Swept().with(row("m", "dip", 0.5, 50))).sentence())
        .isEqualTo("no dense point to compare masks with; sweep dense too");
  }
}
