package io.dipper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dipper.error.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final StringWriter said = new StringWriter();

  @Test
  void aUserError_isItsMessageAlone() {
    assertThat(exit(new UserException("a.yaml:3:5: unknown key 'lans'; nearest is 'lanes'")))
        .isEqualTo(2);
    assertThat(lines())
        .containsExactly("dipper: a.yaml:3:5: unknown key 'lans'; nearest is 'lanes'");
  }

  @Test
  void aUserErrorInAWorkerThread_isStillAUserError() {
    assertThat(exit(new ExecutionException(new UserException("t.arrow: cut short")))).isEqualTo(2);
    assertThat(lines()).containsExactly("dipper: t.arrow: cut short");
  }

  @Test
  void aFileThatCannotBeUsed_isNamed() {
    assertThat(exit(new UncheckedIOException(new NoSuchFileException("x.arrow")))).isEqualTo(2);
    assertThat(exit(new AccessDeniedException("out"))).isEqualTo(2);
    assertThat(lines())
        .containsExactly(
            "dipper: x.arrow: no such file or folder", "dipper: out: permission denied");
  }

  @Test
  void aFullDisk_isAFailureOfTheWork() {
    assertThat(exit(new IOException("No space left on device"))).isEqualTo(1);
    assertThat(lines()).containsExactly("dipper: No space left on device");
  }

  @Test
  void outOfMemory_saysHowToGiveMore() {
    assertThat(exit(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
    assertThat(lines())
        .containsExactly(
            "dipper: out of memory (Java heap space); give the JVM more, e.g."
                + " DIPPER_JAVA_OPTS=-Xmx8g");
  }

  @Test
  void aBug_isOneLineAndItsStackTraceGoesToAFile() throws IOException {
    assertThat(exit(new IllegalStateException("hits > selected\nin layer 3"))).isEqualTo(1);
    assertThat(lines()).hasSize(1);
    String line = said.toString().strip();
    assertThat(line)
        .startsWith(
            "dipper: internal error: java.lang.IllegalStateException: hits > selected in layer 3;"
                + " details in ");
    Path log = Path.of(line.substring(line.lastIndexOf(' ') + 1));
    assertThat(log).content().contains("FailuresTest.aBug_isOneLine");
    Files.delete(log);
  }

  private int exit(Throwable failure) {
    return new Failures().handle(failure, new PrintWriter(said, true));
  }

  private java.util.List<String> lines() {
    return said.toString().lines().toList();
  }
}
