package io.dipper.hwsim.study.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * The Python that tests run to read our files as a user would: the one that the environment
 * variable DIPPER_PYTHON names, else {@code python3}.
 */
public final class Python {
  private Python() {}

  /** Skips the calling test unless Python has these modules. */
  public static void needs(String... modules) throws IOException, InterruptedException {
    boolean there;
    try {
      there = start(List.of("-c", "import " + String.join(", ", modules))).waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    Assumptions.assumeTrue(
        there, "skipped: needs python3 (DIPPER_PYTHON) with " + String.join(", ", modules));
  }

  /** What a script prints. */
  public static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("-c", script));
    command.addAll(List.of(arguments));
    Process process = start(command);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(printed);
    }
    return printed;
  }

  private static Process start(List<String> arguments) throws IOException {
    String python = System.getenv("DIPPER_PYTHON");
    List<String> command = new ArrayList<>(List.of(python == null ? "python3" : python));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
