package io.dipper.cli.console;

import io.dipper.progress.Progress;
import java.io.PrintWriter;
import java.time.Clock;

/** Progress that a user sees on standard error while a command works. */
public interface ShownProgress extends Progress, AutoCloseable {
  @Override
  void close();

  /** A bar on a terminal, otherwise a line a minute; nothing where that is asked for. */
  static ShownProgress on(PrintWriter err, boolean quiet) {
    if (quiet) {
      return new SilentProgress();
    }
    return Boolean.getBoolean("dipper.terminal")
        ? new BarProgress()
        : new LineProgress(err, Clock.systemUTC());
  }
}
