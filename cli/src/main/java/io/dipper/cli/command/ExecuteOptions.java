package io.dipper.cli.command;

import io.dipper.cli.console.ShownProgress;
import io.dipper.error.UserException;
import io.dipper.hwsim.execute.ExecutionRequest;
import io.dipper.hwsim.execute.WarmUp;
import io.dipper.trace.Recording;
import io.dipper.trace.RecordingPrefix;
import io.dipper.trace.TraceReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how points are executed. */
final class ExecuteOptions {
  private static final int MOST_THREADS = ExecutionRequest.MOST_THREADS;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "Only the first N tokens of the trace, executed and simulated.")
  private @Nullable Integer tokens;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that multiply (default: all cores, which is what a measured profile tells of).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Tokens that are run before the time is taken (default: until nothing is compiled any"
              + " more).")
  private @Nullable Integer warmUp;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on standard error.")
  private boolean quiet;

  int threads() {
    return within("--threads", threads, 1);
  }

  WarmUp warmUp() {
    if (warmUp == null) {
      return WarmUp.untilItIsCompiled();
    }
    return WarmUp.of(warmUp < 0 ? refused("--warm-up", warmUp, "0 or more") : warmUp);
  }

  /** The tokens of a trace that are run. */
  Recording first(TraceReader reader) {
    return tokens == null ? reader : RecordingPrefix.ofTokens(reader, tokens());
  }

  /** How many tokens of a trace are run at most. */
  int tokens() {
    if (tokens == null) {
      return Integer.MAX_VALUE;
    }
    return tokens < 1 ? refused("--tokens", tokens, "1 or more") : tokens;
  }

  static int within(String option, int value, int least) {
    return value < least || value > MOST_THREADS
        ? refused(option, value, least + " to " + MOST_THREADS)
        : value;
  }

  private static int refused(String option, int value, String right) {
    throw new UserException(option + " " + value + " is out of range; give " + right);
  }

  ShownProgress progress() {
    return ShownProgress.on(spec.commandLine().getErr(), quiet);
  }
}
