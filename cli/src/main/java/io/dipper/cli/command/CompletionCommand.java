package io.dipper.cli.command;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper completion}: a script that teaches a shell the commands, options and names. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands, options and names in a shell.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  dipper completion bash",
      "",
      "bash and zsh: write it into a file that ~/.bashrc or ~/.zshrc sources.",
      "fish: dipper completion fish > ~/.config/fish/completions/dipper.fish"
    })
public final class CompletionCommand implements Runnable {
  /** The shells that are known. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    switch (shell) {
      case bash, zsh -> out.print(AutoComplete.bash("dipper", root)); // it knows both
      case fish -> FishCompletion.print(root, out);
    }
  }
}
