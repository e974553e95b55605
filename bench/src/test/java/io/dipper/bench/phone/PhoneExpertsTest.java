package io.dipper.bench.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.testing.SharedData;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the profile of a phone predicts, beside what the phone measured. */
class PhoneExpertsTest {
  @TempDir static Path folder;
  private static PhoneRuns runs;
  private static FittedNumbers numbers;

  @BeforeAll
  static void readRuns() {
    Path routes = SharedData.external("data/moe/phone/qwen3-30b-a3b.route.csv");
    runs = PhoneRuns.read(routes.resolveSibling(""), folder.resolve("trace.arrow"));
    numbers = FittedNumbers.of(Phone.TRACED.device().getProcessor());
  }

  @Test
  void profile_hasTheNumbersThatAreFitted() {
    FittedNumbers fitted = runs.fit();
    Percentage rounding = Percentage.withPercentage(0.1);
    assertThat(numbers.expertLayer()).isCloseTo(fitted.expertLayer(), rounding);
    assertThat(numbers.expertByte()).isCloseTo(fitted.expertByte(), rounding);
    assertThat(numbers.admitByte()).isCloseTo(fitted.admitByte(), rounding);
  }

  @Test
  void otherTokensOfTheTracedRun_arePredictedOnTheMean_andOneByOneWhereTheProcessorDidNotPause() {
    TracedPrediction traced = runs.traced(numbers);
    assertThat(traced.all().meanError()).isCloseTo(0, within(0.1));
    assertThat(traced.withoutPauses().meanError()).isCloseTo(0, within(0.1));
    assertThat(traced.withoutPauses().correlation()).isGreaterThan(0.95);
    assertThat(traced.pauses()).isEqualTo(8);
  }

  @Test
  void serialRuns_arePredictedWithinElevenPercent_andOnAverageWithinSeven() {
    List<RunPrediction> serial = runs.predictions(numbers).subList(0, 4);
    assertThat(serial)
        .allSatisfy(run -> assertThat(run.error()).as(run.name()).isCloseTo(0, within(0.11)));
    assertThat(serial.stream().mapToDouble(run -> Math.abs(run.error())).average().orElseThrow())
        .isLessThan(0.07);
  }

  @Test
  void pauses_areMadeByReadsBesideArithmetic_andMakeOverlapSlowerThanNone() {
    List<RunPrediction> all = runs.predictions(numbers);
    assertThat(all.subList(0, 4))
        .allSatisfy(run -> assertThat(1e9 * run.measured().pausesPerByte()).isLessThan(0.4));
    assertThat(all.subList(4, 6))
        .allSatisfy(run -> assertThat(1e9 * run.measured().pausesPerByte()).isGreaterThan(1));
    RunPrediction stream = all.get(5);
    assertThat(stream.error()).isGreaterThan(0.5);
    assertThat(stream.predicted())
        .isCloseTo(stream.measured().tokensPerSecondWithoutPauses(), Percentage.withPercentage(5));
  }
}
