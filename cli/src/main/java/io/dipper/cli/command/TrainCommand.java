package io.dipper.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dipper train}: what is learned from a trace or a text. */
@Command(
    name = "train",
    description = "Trains predictors of masks from a trace, and adapters from a text.",
    mixinStandardHelpOptions = true,
    subcommands = {TrainPredictorCommand.class, TrainLoraCommand.class},
    footer = {"", "Example:", "  dipper train predictor --trace t.arrow -o p.safetensors"})
public final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "train what? dipper train predictor, or dipper train lora");
  }
}
