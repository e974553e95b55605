package io.dipper.hwsim.study.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.proto.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunErrorTest {
  private static String of(double increase, double standardError) {
    LiveSample sample =
        new LiveSample("dip", new LostEnergy(0.02, 0.03, 0, 0), increase, standardError);
    return RunError.describe(QualityFile.message(Quality.getDefaultInstance(), List.of(sample)));
  }

  @Test
  void aRun_whoseErrorIsKnown_tellsItPerSquareRootOfItsIncrease() {
    assertThat(of(0.25, 0.01)).isEqualTo("a live run's own error is 0.020 √increase");
  }

  @Test
  void oneBlock_tellsNothingOfIt() {
    assertThat(of(0.25, Double.NaN)).contains("unknown, since one block of text", "too narrow");
  }

  @Test
  void anIncreaseWithinItsError_tellsNothingOfIt() {
    assertThat(of(0.01, 0.02)).contains("unknown, since no increase exceeds", "too narrow");
  }
}
