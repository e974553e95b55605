package io.dipper.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void aReaderThatHasGoneAway_isNoError() {
    assertThat(finish(failing("Broken pipe"))).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aFullDisk_isSaidInOneLine() {
    assertThat(finish(failing("No space left on device"))).isOne();
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("dipper: standard output: No space left on device");
  }

  @Test
  void whatIsWritten_arrives() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    assertThat(finish(target)).isZero();
    assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("γ = 0.2");
  }

  private int finish(OutputStream target) {
    StandardOutput output = new StandardOutput(target);
    output.writer().print("γ = 0.2");
    return output.finish(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
