package io.dipper.cli;

import io.dipper.cli.command.CalibrateCommand;
import io.dipper.cli.command.CompareCommand;
import io.dipper.cli.command.CompletionCommand;
import io.dipper.cli.command.DemoCommand;
import io.dipper.cli.command.ExecuteCommand;
import io.dipper.cli.command.HardwareCommand;
import io.dipper.cli.command.HelpCommand;
import io.dipper.cli.command.InspectCommand;
import io.dipper.cli.command.ModelsCommand;
import io.dipper.cli.command.PoliciesCommand;
import io.dipper.cli.command.QuantiseCommand;
import io.dipper.cli.command.ReportCommand;
import io.dipper.cli.command.SimulateCommand;
import io.dipper.cli.command.SweepCommand;
import io.dipper.cli.command.SynthCommand;
import io.dipper.cli.command.TraceCommand;
import io.dipper.cli.command.TrainCommand;
import io.dipper.cli.command.VerifyCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: without a command it shows the commands by task. */
@Command(
    name = "dipper",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    description =
        "How fast, in how much memory and at which loss: LLM inference that streams its weights"
            + " from Flash, simulated from one recorded run.",
    subcommands = {
      DemoCommand.class,
      ModelsCommand.class,
      QuantiseCommand.class,
      TraceCommand.class,
      InspectCommand.class,
      SynthCommand.class,
      TrainCommand.class,
      PoliciesCommand.class,
      HardwareCommand.class,
      SimulateCommand.class,
      SweepCommand.class,
      ExecuteCommand.class,
      CompareCommand.class,
      CalibrateCommand.class,
      VerifyCommand.class,
      ReportCommand.class,
      HelpCommand.class,
      CompletionCommand.class
    },
    footer = {"", "'dipper COMMAND --help' shows a command's options."})
final class Dipper implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
