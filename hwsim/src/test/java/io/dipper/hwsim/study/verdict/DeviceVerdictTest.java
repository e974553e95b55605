package io.dipper.hwsim.study.verdict;

import static io.dipper.hwsim.study.verdict.Swept.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.Row;
import org.junit.jupiter.api.Test;

class DeviceVerdictTest {
  private static DeviceVerdict verdict(Swept swept) {
    return DeviceVerdict.of(swept.points()).get(0);
  }

  private static Row timed(Row row, double flashShare) {
    double time = 1 / row.make().time().tokensPerSecond();
    return row.with("time_flash_s", flashShare * time)
        .with("time_compute_s", (1 - flashShare) * time)
        .with("time_select_s", 0.0);
  }

  @Test
  void masksThatWin_areNamedWithTheirDensityAndTheirLoss() {
    DeviceVerdict verdict =
        verdict(
            new Swept()
                .with(row("d", "dense", 1, 100))
                .with(row("m", "dip", 0.7, 120).with("perplexity", 10.5))
                .with(row("n", "dip", 0.4, 210).with("retained_energy_h", 0.93))
                .with(row("o", "dip", 0.9, 80)));
    assertThat(verdict.wins()).isTrue();
    assertThat(verdict.device()).hasToString("phone by des");
    assertThat(verdict.sentence())
        .isEqualTo(
            "masks win up to density 0.70 (loss +0.50): dip at 0.70 is 1.20x dense with 50% of the"
                + " model; at best dip at 0.40 is 2.10x dense with 50% of the model (loss unknown,"
                + " keeps 93.0% of the energy)");
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
