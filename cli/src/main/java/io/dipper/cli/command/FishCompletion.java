package io.dipper.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, from the model of the commands: a line per option and command. */
final class FishCompletion {
  private final PrintWriter out;

  private FishCompletion(PrintWriter out) {
    this.out = out;
  }

  static void print(CommandLine root, PrintWriter out) {
    out.println("# Completion of dipper for fish.");
    new FishCompletion(out).command(root, List.of());
  }

  private void command(CommandLine command, List<String> path) {
    String condition = condition(command, path);
    command
        .getSubcommands()
        .forEach(
            (name, sub) ->
                out.printf(
                    "complete -c dipper -f -n %s -a %s -d %s%n",
                    quoted(condition), quoted(name), quoted(summary(sub))));
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        out.printf("complete -c dipper -n %s%s%n", quoted(seen(path)), option(option));
      }
    }
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              command(sub, longer);
            });
  }

  /** Where the words of the path were given, and none of the commands that may follow. */
  private static String condition(CommandLine command, List<String> path) {
    String next = String.join(" ", command.getSubcommands().keySet());
    String none = next.isEmpty() ? "true" : "not __fish_seen_subcommand_from " + next;
    return path.isEmpty() ? "__fish_use_subcommand" : seen(path) + "; and " + none;
  }

  private static String seen(List<String> path) {
    return path.isEmpty()
        ? "__fish_use_subcommand"
        : path.stream()
            .map(name -> "__fish_seen_subcommand_from " + name)
            .collect(Collectors.joining("; and "));
  }

  private static String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.arity().max() > 0) {
      text.append(takesFile(option) ? " -r -F" : " -x");
      Iterable<String> candidates = option.completionCandidates();
      if (candidates != null) {
        String names =
            StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" "));
        text.append(" -a ").append(quoted(names));
      }
    }
    String[] description = option.description();
    return description.length == 0
        ? text.toString()
        : text + " -d " + quoted(plain(description[0]));
  }

  private static boolean takesFile(OptionSpec option) {
    return option.type() == Path.class || option.paramLabel().matches("FILE|DIR");
  }

  private static String summary(CommandLine command) {
    String[] description = command.getCommandSpec().usageMessage().description();
    return description.length == 0 ? "" : plain(description[0]);
  }

  /** Without what picocli fills in. */
  private static String plain(String description) {
    return description.replaceAll(" ?\\(default: \\$\\{[^}]*}\\)", "").replace("%%", "%");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
