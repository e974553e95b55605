package io.dipper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void print_alignsTextLeftAndNumbersRight() {
    StringWriter text = new StringWriter();
    new Table("policy", "density", "gap")
        .row("dip", "0.50", "+1.2%")
        .row("dense", 1, "-")
        .print(new PrintWriter(text));

    assertThat(text.toString().lines())
        .containsExactly(
            "policy  density    gap", "dip        0.50  +1.2%", "dense         1      -");
  }

  @Test
  void row_withAnotherNumberOfCells_isABug() {
    assertThatThrownBy(() -> new Table("a", "b").row(1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
