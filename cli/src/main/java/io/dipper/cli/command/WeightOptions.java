package io.dipper.cli.command;

import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.tracegen.runtime.ProcessMemory;
import io.dipper.tracegen.runtime.RuntimeOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that runs a model: how many of its decoded weights are kept. */
final class WeightOptions {
  private @Nullable Long bytes;

  @Option(
      names = "--weight-memory",
      paramLabel = "SIZE",
      description = {
        "Decoded weights that are kept, e.g. 512MB, or 0; the others are decoded again on each use"
            + " (default: a third of what the JVM's heap leaves of the memory limit, at most 1 GiB).",
        "Results do not depend on it."
      })
  void weightMemory(String text) {
    double size = text.strip().equals("0") ? 0 : Units.parse(text, Dimension.BYTES);
    ProcessMemory memory = ProcessMemory.current();
    if (size < 0) {
      throw new UserException("--weight-memory " + text + ": must not be negative");
    }
    if (size > memory.besidesHeap()) {
      throw new UserException(
          "--weight-memory "
              + text
              + ": the JVM's heap leaves "
              + Units.print(memory.besidesHeap() / 1_000_000 * 1e6, Dimension.BYTES)
              + " of this machine's or container's memory; give at most that, or the heap less"
              + " (DIPPER_JAVA_OPTS=-Xmx1g)");
    }
    bytes = (long) size;
  }

  /** How a model is run. */
  RuntimeOptions runtime(int threads) {
    return bytes == null ? RuntimeOptions.withThreads(threads) : new RuntimeOptions(threads, bytes);
  }
}
