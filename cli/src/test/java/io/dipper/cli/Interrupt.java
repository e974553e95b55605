package io.dipper.cli;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Ctrl-C sends to a process. */
final class Interrupt {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String IGNORED = "SigIgn:";
  private static final long SIGINT = 1L << 1;

  private Interrupt() {}

  /**
   * Skips the test where this process was started with interrupts ignored, as a shell does with
   * what it runs in the background: the processes that it starts ignore them too.
   */
  static void assumeHeard() throws IOException {
    assumeFalse(isIgnored(), "interrupts are ignored: the tests were started in the background");
  }

  static void send(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
  }

  /** What the system says of this process; false where it does not tell. */
  private static boolean isIgnored() throws IOException {
    return Files.exists(STATUS)
        && Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith(IGNORED))
            .map(line -> line.substring(IGNORED.length()).strip())
            .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT) != 0);
  }
}
