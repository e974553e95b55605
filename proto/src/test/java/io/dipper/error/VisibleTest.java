package io.dipper.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
  /** Escape, bell, C1's introducer of control sequences, delete, right-to-left override. */
  @ParameterizedTest
  @CsvSource({"1b", "07", "9b", "7f", "00", "0d", "202e", "2066", "2028"})
  void hiddenCharacters_becomeTheirNumbers(String hex) {
    char hidden = (char) Integer.parseInt(hex, 16);
    String expected = hidden == '\r' ? "\\r" : "\\u" + "0".repeat(4 - hex.length()) + hex;
    assertThat(Visible.text("a" + hidden + "b")).isEqualTo("a" + expected + "b");
    assertThat(Visible.line("a" + hidden + "b")).isEqualTo("a" + expected + "b");
  }

  @Test
  void text_keepsItsLines_andALineHasNone() {
    assertThat(Visible.text("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Visible.line("a\n\tb")).isEqualTo("a\\n\\tb");
  }

  @Test
  void visibleText_isLeftAsItIs() {
    String text = "größe ≠ 0, 你好, 🐬, \\u001b";
    assertThat(Visible.text(text)).isSameAs(text);
    assertThat(Visible.line(text)).isSameAs(text);
  }
}
