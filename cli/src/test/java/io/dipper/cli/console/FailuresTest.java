package io.dipper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.error.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
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
  void everyKindOfFailure_saysItsReasonWithoutNamesOfClasses() {
    for (Throwable failure :
        List.of(
            new InvalidPathException("dir-?", "Malformed input or input contains unmappable"),
            new UncheckedIOException(new MalformedInputException(1)),
            new UncheckedIOException(new AccessDeniedException("/x")),
            new UncheckedIOException(new DirectoryNotEmptyException("/x")),
            new UncheckedIOException(new FileSystemLoopException("/x")),
            new UncheckedIOException(new NotDirectoryException("/x")),
            new UncheckedIOException(new FileSystemException("/x", null, "Is a directory")),
            new UncheckedIOException(new FileSystemException("/x")))) {
      assertHandled(failure, 2);
      assertThat(err.toString())
          .as(failure.getClass().getName())
          .doesNotContain("Exception", "java.", "null", "internal error");
    }
    assertHandled(new StackOverflowError(), 1);
    assertThat(err.toString()).contains("nested too deeply").doesNotContain("Error");
  }

  @Test
  void aMissingFile_is2() {
    assertHandled(new UncheckedIOException(new NoSuchFileException("x.yaml")), 2);
    assertThat(err.toString()).contains("x.yaml: no such file");
  }
}
