package io.dipper.hwsim.study.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.hwsim.study.result.PointName;
import io.dipper.hwsim.study.result.Verdict;
import io.dipper.hwsim.study.result.VerdictRow;
import io.dipper.hwsim.study.result.VerdictRow.Deciding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandSentenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.1   | 1.7   | faster by 1.10 to 1.70
          0.61  | 0.83  | slower: 0.61 to 0.83 of the speed
          0.995 | 1.005 | as fast, within a per cent
          """)
  void aDecidedBand_isItsEnds(double low, double high, String sentence) {
    assertThat(BandSentence.of(row(low, high, Deciding.NOTHING))).isEqualTo(sentence);
  }

  @Test
  void anOpenBand_saysWhatDecidesItAndWhatToMeasure() {
    Deciding rate =
        new Deciding(
            "flash.commands_per_second", "IOPS", "assumed", 110e3, 244e3, 222_345.6, "above");
    assertThat(BandSentence.of(row(0.8, 1.3, rate)))
        .isEqualTo(
            "not decided, 0.80 to 1.30: decided by flash.commands_per_second, which is assumed,"
                + " 110 kIOPS to 244 kIOPS; break-even at 222 kIOPS, faster above it: measure"
                + " flash.commands_per_second");
  }

  @Test
  void whereNoNumberAloneTurnsIt_theLargestIsNamed() {
    Deciding together = new Deciding("flash.latency", "s", "measured", 7e-5, 1e-4, null, null);
    assertThat(BandSentence.of(row(0.99, 1.02, together)))
        .isEqualTo(
            "not decided, 0.99 to 1.02: decided by several numbers together, most of all by"
                + " flash.latency, which is measured, 70 us to 100 us");
  }

  @ParameterizedTest
  @CsvSource({
    "1.001, 1.02, faster",
    "0.98, 0.999, slower",
    "0.98, 1.0, not-decided",
    "1.0, 1.02, not-decided",
    "0.98, 1.02, not-decided",
    "1.0, 1.0, as-fast"
  })
  void theVerdict_isThatOfBothEnds(double low, double high, String key) {
    assertThat(Verdict.of(low, high).key()).isEqualTo(key);
  }

  private static VerdictRow row(double low, double high, Deciding deciding) {
    return new VerdictRow(
        new PointName("id", "phone", "des", "dip", "{}", "lfu"),
        new VerdictRow.Against("dense", 256, 2),
        new VerdictRow.SpeedUp((low + high) / 2, low, high, Verdict.of(low, high).key()),
        deciding);
  }
}
