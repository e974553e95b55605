package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.hardware.ResolvedProfile;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Quantity;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper hardware}: the device profiles there are, and the user's own. */
@Command(
    name = "hardware",
    description =
        "Device profiles: list them, show one resolved, check a file, probe their Flash, measure this"
            + " machine, fit one to measurements.",
    mixinStandardHelpOptions = true,
    subcommands = {
      HardwareProbeCommand.class,
      HardwareMeasureCommand.class,
      HardwareFitCommand.class
    },
    footer = {"", "Example:", "  dipper hardware show apple-a18"})
public final class HardwareCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    list();
  }

  @Command(
      description = "Lists the built-in profiles.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper hardware list"})
  void list() {
    Table table = new Table("name", "Flash GB/s", "DRAM GB/s", "assumed", "device");
    for (String name : HardwareProfiles.list()) {
      ResolvedProfile resolved = HardwareProfiles.resolve(name);
      HardwareProfile profile = resolved.profile();
      table.row(
          name,
          gigabytes(profile.getFlash().getMaxBandwidth()),
          gigabytes(profile.getDram().getBandwidth()),
          String.format(Locale.ROOT, "%.0f%%", 100 * resolved.assumedShare()),
          profile.getDescription());
    }
    table.print(out());
  }

  @Command(
      description = "Shows a profile with everything it extends, and where each value is written.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper hardware show apple-a18"})
  void show(@Parameters(paramLabel = "PROFILE", description = "A name or a file.") String profile) {
    out().print(HardwareProfiles.resolve(profile).show());
  }

  @Command(
      description = "Checks a profile file, and lists numbers of it that contradict one another.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper hardware validate my-phone.yaml"})
  void validate(
      @Parameters(paramLabel = "FILE", description = "A YAML file (or a built-in name).")
          String profile) {
    ResolvedProfile resolved = HardwareProfiles.resolve(profile);
    if (AssumedNote.isAssumed(resolved.assumedShare())) {
      out().println(AssumedNote.text(resolved.profile().getName()));
    }
    out()
        .printf(
            Locale.ROOT,
            "%s: valid, profile %s, %.0f%% of its numbers are assumed%n",
            profile,
            resolved.profile().getName(),
            100 * resolved.assumedShare());
    resolved.warnings().forEach(warning -> out().println("warning: " + warning));
  }

  private static String gigabytes(Quantity bytesPerSecond) {
    return String.format(Locale.ROOT, "%.2f", bytesPerSecond.getValue() / 1e9);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
