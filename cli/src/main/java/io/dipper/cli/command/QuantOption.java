package io.dipper.cli.command;

import io.dipper.hwsim.profile.model.Quantisations;
import io.dipper.hwsim.study.point.Simulation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which bits a model is stored. */
final class QuantOption {
  @Option(
      names = "--quant",
      order = SettingOptions.SOURCE_ORDER,
      completionCandidates = KnownNames.OfQuants.class,
      paramLabel = "NAME",
      description =
          "The bits per weight of a quantisation, instead of the model file's (dipper models"
              + " quants).")
  private @Nullable String name;

  /** A simulation of the model as it is stored. */
  Simulation stored(Simulation simulation) {
    return name == null ? simulation : simulation.quantised(Quantisations.find(name));
  }
}
