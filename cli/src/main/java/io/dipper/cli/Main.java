package io.dipper.cli;

import io.dipper.cli.console.Failures;
import io.dipper.cli.console.StandardOutput;
import io.dipper.cli.console.VisibleWriter;
import io.dipper.error.Visible;
import io.dipper.files.OpenOutputs;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The entry point. Exit codes: 0 done, 1 the work failed, 2 bad usage or bad input, 130
 * interrupted.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    if (Boolean.getBoolean(Rehearsal.PROPERTY)) {
      Rehearsal.run();
      System.exit(0);
    }
    AtomicBoolean finished = new AtomicBoolean();
    // The JVM itself exits with 130 on Ctrl-C; this only says so.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!finished.get()) {
                    System.err.println("dipper: interrupted; " + kept(OpenOutputs.discard()));
                  }
                }));
    StandardOutput stdout = new StandardOutput();
    int exit =
        run(stdout.writer(), new PrintWriter(System.err, true, StandardCharsets.UTF_8), args);
    if (exit == 0) {
      exit = stdout.finish(System.err);
    }
    finished.set(true);
    System.exit(exit);
  }

  /** What became of the work: a recording that is not whole is of no use, all else is kept. */
  private static String kept(List<Path> lost) {
    return lost.isEmpty()
        ? "what was finished is kept"
        : "what was written of "
            + lost.stream().map(Path::toString).map(Visible::line).collect(Collectors.joining(", "))
            + " is removed";
  }

  /** Runs a command line in this JVM and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Failures failures = new Failures();
    PrintWriter visible = VisibleWriter.on(out, false);
    PrintWriter visibleErr = VisibleWriter.on(err, true);
    try {
      CommandLine root = commandLine();
      return root
          // Help has colours of our own; whatever a command prints may come from a file.
          .setOut(out)
          .setErr(visibleErr)
          .setExecutionStrategy(
              parsed -> {
                Integer help = CommandLine.executeHelpRequest(parsed);
                root.setOut(visible);
                return help == null ? new CommandLine.RunLast().execute(parsed) : help;
              })
          .setParameterExceptionHandler(failures)
          .setExecutionExceptionHandler(failures)
          .execute(args);
    } catch (Throwable e) {
      // Errors, out of memory above all, pass by the handler of exceptions.
      return failures.handle(e, visibleErr);
    } finally {
      visible.flush();
      visibleErr.flush();
    }
  }

  /** The parser of all commands. */
  static CommandLine commandLine() {
    CommandLine root =
        new CommandLine(new Dipper())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true);
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new TaskList());
    root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    return root;
  }
}
