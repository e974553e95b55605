package io.dipper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {
  private final StringWriter terminal = new StringWriter();
  private final PrintWriter writer = VisibleWriter.on(terminal, true);

  @Test
  void controlCharacters_reachNoTerminal_howeverTheyAreWritten() {
    writer.print("a\u001b[2Jb");
    writer.write(7);
    writer.print(new char[] {'c', '\r', 'd'});
    writer.printf("%s%n", "e\u009bf");
    assertThat(terminal.toString())
        .isEqualTo("a\\u001b[2Jb\\u0007c\\rde\\u009bf" + System.lineSeparator());
  }

  @Test
  void linesAndTabs_pass() {
    writer.print("a\tb\nc\r\nd\n");
    assertThat(terminal.toString()).isEqualTo("a\tb\nc\r\nd\n");
  }

  @Test
  void cellOfATable_isOneLine() {
    new Table("key", "value").row("a\nmodel", "1\t2").print(writer);
    assertThat(terminal.toString().lines()).containsExactly("key       value", "a\\nmodel  1\\t2");
  }
}
