package io.dipper.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dipper train}: what is learned from a trace. */
@Command(
    name = "train",
    description = "Trains what a policy learns from a trace.",
    mixinStandardHelpOptions = true,
    subcommands = TrainPredictorCommand.class,
    footer = {"", "Example:", "  dipper train predictor --trace t.arrow -o p.safetensors"})
public final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "train what? dipper train predictor");
  }
}
