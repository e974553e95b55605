package io.dipper.cli.command;

import io.dipper.config.Nearest;
import io.dipper.error.UserException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper help}: what {@code --help} shows, for those who ask in this order. */
@Command(
    name = "help",
    description = "Shows the commands, or the options of one.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  dipper help simulate"})
public final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "A command, and a command of it (default: all commands).")
  private List<String> path = List.of();

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new UserException(
            command.getSubcommands().isEmpty()
                ? command.getCommandSpec().qualifiedName() + " has no commands of its own"
                : "unknown command '"
                    + name
                    + "'; "
                    + Nearest.hint(name, command.getSubcommands().keySet()));
      }
      command = next;
    }
    command.usage(spec.commandLine().getOut());
  }
}
