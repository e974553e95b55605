package io.dipper.cli;

import static io.dipper.cli.Run.dipper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir private Path folder;

  static Stream<List<String>> commands() {
    List<List<String>> paths = new ArrayList<>();
    collect(Main.commandLine(), List.of(), paths);
    return paths.stream();
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              paths.add(longer);
              collect(sub, longer, paths);
            });
  }

  @Test
  void theRootHelp_listsEveryCommandByTaskWithAnExample() {
    String help = dipper("--help").succeeds();
    assertThat(TaskList.TASKS.stream().flatMap(task -> task.commands().stream()))
        .containsExactlyInAnyOrderElementsOf(Main.commandLine().getSubcommands().keySet());
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(help).containsPattern("(?m)^  " + name + " +[A-Z].*\\R +dipper " + name);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommand_showsHowItIsUsedAndAnExample(List<String> path) {
    List<String> arguments = new ArrayList<>(path);
    arguments.add("--help");
    String help = dipper(arguments.toArray()).succeeds();
    String name = String.join(" ", path);
    assertThat(help)
        .startsWith("Usage: dipper " + name)
        .containsPattern("Example:\\R  dipper " + name.replaceAll(" .*", ""));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExample_usesOptionsThatExist(List<String> path) {
    CommandLine command = Main.commandLine();
    for (String name : path) {
      command = Objects.requireNonNull(command.getSubcommands().get(name), name);
    }
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      if (line.startsWith("  dipper ")) {
        assertThatCode(() -> String.format(line)).as(line).doesNotThrowAnyException();
        String[] words = line.strip().substring("dipper ".length()).split(" +");
        Main.commandLine().parseArgs(words);
      }
    }
  }

  @Test
  void noCommand_showsTheHelp() {
    assertThat(dipper().succeeds()).isEqualTo(dipper("--help").succeeds());
  }

  @Test
  void helpCommand_isTheCommandsHelp() {
    assertThat(dipper("help").succeeds()).isEqualTo(dipper("--help").succeeds());
    assertThat(dipper("help", "simulate").succeeds())
        .isEqualTo(dipper("simulate", "--help").succeeds());
    assertThat(dipper("help", "models", "pull").succeeds())
        .isEqualTo(dipper("models", "pull", "--help").succeeds());
    assertThat(dipper("help", "simulat").isRefused()).contains("'simulate'");
    assertThat(dipper("help", "simulate", "x").isRefused()).contains("no commands of its own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completion_knowsCommandsOptionsAndNames(String shell) {
    assertThat(dipper("completion", shell).succeeds())
        .contains("simulate", "stream-static", "dip-ca", "apple-a18", "q4_k_m", "llama-2-7b")
        .contains("pull", "page-cache");
  }

  @Test
  void completionForBash_isAScriptThatBashReads() throws Exception {
    Path script = Files.writeString(folder.resolve("c"), dipper("completion", "bash").succeeds());
    Process bash = Ended.start(List.of("bash", "-n", script.toString()));
    assertThat(Ended.of(bash).succeeds()).isEmpty();
  }

  @Test
  void version_isThatOfTheResults() {
    assertThat(dipper("--version").succeeds())
        .startsWith("dipper " + io.dipper.hwsim.study.result.Version.current());
  }

  @Test
  void aMisspeltOption_getsTheNearestOne() {
    assertThat(dipper("simulate", "--polcy", "dip").isRefused()).contains("'--policy'");
  }

  @Test
  void aMisspeltCommand_getsTheNearestOne() {
    assertThat(dipper("simulat").isRefused()).contains("'simulate'");
  }
}
