package io.dipper.spark;

import io.dipper.cli.Main;
import io.dipper.testing.SharedData;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;

/** Sweeps as a user starts them. */
final class Sweeps {
  static final Path TRACE = SharedData.testdata("golden/bookworm.arrow");

  /** Two devices, three memories of which one is too small, two caches, three policies. */
  static final String SMALL =
      """
      accounting: des
      hardware: [paper, apple-a18]
      dram: [20%, 70%, 90%]
      cache: [lfu, belady]
      policy:
        - dense
        - dip: {density: 0.4}
        - dip-ca: {density: 0.5}
      """;

  private Sweeps() {}

  /** A command in this JVM: its exit code, and all that it printed. */
  record Ran(int exit, String printed) {}

  static Ran dipper(Object... arguments) {
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    return new Ran(Main.run(out, out, words), printed.toString());
  }
}
