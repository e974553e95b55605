package io.dipper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.error.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  private void assertHandled(Throwable failure, int code) {
    err.getBuffer().setLength(0);
    assertThat(new Failures().handle(failure, new PrintWriter(err, true))).isEqualTo(code);
    assertThat(err.toString().strip()).startsWith("dipper: ").doesNotContain("\n");
  }

  @Test
  void badInput_is2() {
    assertHandled(new UserException("t.arrow: is cut short"), 2);
    assertThat(err.toString().strip()).isEqualTo("dipper: t.arrow: is cut short");
  }

  @Test
  void aFullDisk_isFailedWork_whoeverReportsIt() {
    assertHandled(new UserException("t.arrow: cannot be written: No space left on device"), 1);
    assertHandled(new UncheckedIOException(new IOException("No space left on device")), 1);
  }

  @Test
  void aMissingFile_is2() {
    assertHandled(new UncheckedIOException(new NoSuchFileException("x.yaml")), 2);
    assertThat(err.toString()).contains("x.yaml: no such file");
  }
}
