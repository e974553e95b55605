package io.dipper.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/**
 * The commands as {@code dipper --help} lists them: by task, in the order of the work, each with
 * its description and the example that closes its own help.
 */
final class TaskList implements IHelpSectionRenderer {
  /** A task and the names of its commands. */
  record Task(String title, List<String> commands) {}

  static final List<Task> TASKS =
      List.of(
          new Task("The whole job at once", List.of("demo")),
          new Task(
              "Get a model and record a dense run of it, or draw one",
              List.of("models", "quantise", "trace", "inspect", "synth")),
          new Task("Learn from a trace", List.of("train")),
          new Task("Simulate", List.of("policies", "hardware", "simulate", "sweep")),
          new Task("Run for real on this machine", List.of("execute", "compare")),
          new Task("Verify live, and read the result", List.of("calibrate", "verify", "report")),
          new Task("Find your way", List.of("help", "completion")));

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (Task task : TASKS) {
      text.append(String.format("%n%s%n", help.colorScheme().text("@|bold " + task.title + "|@")));
      for (String name : task.commands) {
        CommandLine command = help.commandSpec().subcommands().get(name);
        if (command != null) {
          describe(command, help, text);
        }
      }
    }
    return text.toString();
  }

  private static void describe(CommandLine command, Help help, StringBuilder text) {
    String name = command.getCommandName();
    String description = command.getCommandSpec().usageMessage().description()[0];
    Help.Ansi.Text coloured = help.colorScheme().commandText(name);
    String padding = " ".repeat(Math.max(1, 12 - name.length()));
    text.append(String.format("  %s%s%s%n", coloured, padding, description));
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      if (line.startsWith("  ")) {
        text.append(String.format("%16s%s%n", "", line.strip()));
        break;
      }
    }
  }
}
