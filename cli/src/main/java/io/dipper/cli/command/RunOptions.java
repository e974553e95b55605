package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command that works for long: threads and quiet. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on standard error.")
  private boolean quiet;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Worker threads (default: all cores). Results do not depend on it.")
  void threads(int threads) {
    OptionChecks.atLeastOne("--threads", threads);
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /** Where the command's progress goes; to be closed at its end. */
  ShownProgress progress() {
    return ShownProgress.on(spec.commandLine().getErr(), quiet);
  }
}
