package io.dipper.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs Python with pyarrow, where the machine has both. */
final class Python {
  private Python() {}

  /** Runs a script and returns what it prints; skips the calling test without pyarrow. */
  static String run(String script, Path... arguments) throws IOException, InterruptedException {
    Assumptions.assumeTrue(exitCode("import pyarrow") == 0, "skipped: no python3 with pyarrow");
    List<String> command = new ArrayList<>(List.of("python3", "-c", script));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static int exitCode(String script) throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "-c", script)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // no python3
    }
  }
}
