package io.dipper.cli;

import java.nio.file.Path;
import java.util.List;

/** Runs of {@code dipper} in a JVM of their own that see plugins. */
final class Plugins {
  private Plugins() {}

  /** Runs it with {@code DIPPER_PLUGINS} set, to its end. */
  static Ended run(Path plugins, Object... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Jvm.here().command(List.of(), Main.class, arguments));
    builder.environment().put("DIPPER_PLUGINS", plugins.toString());
    return Ended.of(builder.redirectErrorStream(true).start());
  }
}
