package io.dipper.cli.command;

import io.dipper.files.OutputFile.Existing;
import picocli.CommandLine.Option;

/** Whether an output that is there already is replaced. */
final class ForceOption {
  @Option(
      names = "--force",
      description = "Replaces an output of the same kind that is there already.")
  private boolean force;

  Existing existing() {
    return force ? Existing.REPLACED : Existing.REFUSED;
  }
}
