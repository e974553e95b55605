package io.dipper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that has ended.
 *
 * @param output all that it printed, standard error too
 */
record Ended(int exit, String output) {
  /** Starts a process whose two outputs are one. */
  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Waits for the end of a process. */
  static Ended of(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Asserts that it went well and returns what it printed. */
  String succeeds() {
    assertThat(exit).as(output).isZero();
    return output;
  }
}
