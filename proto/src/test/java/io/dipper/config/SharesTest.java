package io.dipper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dipper.error.UserException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.75", "75%", "75 %", " 75.0% ", ".75", "7.5e1%"})
  void allSpellings_areOneNumber(String text) {
    assertThat(Shares.parse(text)).isEqualTo(0.75);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "150%", "-1%", "half", "%", "", "75%%", "75 GB"})
  void whatIsNoShare_isSaidWithBothSpellings(String text) {
    assertThatThrownBy(() -> Shares.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("0.75 or 75%");
  }
}
