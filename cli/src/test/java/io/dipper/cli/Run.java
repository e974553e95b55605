package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * A command line as it was run in this JVM, through the same code as the launcher's.
 *
 * @param out standard output
 * @param err standard error
 */
public record Run(int exit, String out, String err) {
  static Run dipper(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
    return new Run(exit, out.toString(), err.toString());
  }

  /** Asserts that it went well and returns what it printed. */
  String succeeds() {
    assertThat(exit).as(err).isZero();
    return out;
  }

  /** Asserts one line on standard error, exit code 2, and nothing else; returns the line. */
  String isRefused() {
    assertThat(err.lines()).as(err + out).hasSize(1);
    assertThat(err).startsWith("dipper: ").doesNotContain("internal error", "Exception");
    assertThat(out).isEmpty();
    assertThat(exit).isEqualTo(2);
    return err.strip();
  }
}
