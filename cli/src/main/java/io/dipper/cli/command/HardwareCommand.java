package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.hwsim.device.FlashProbe;
import io.dipper.hwsim.hardware.HardwareProfiles;
import io.dipper.hwsim.hardware.ResolvedProfile;
import io.dipper.proto.HardwareProfile;
import io.dipper.proto.Quantity;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper hardware}: the device profiles there are, and the user's own. */
@Command(
    name = "hardware",
    description = "Device profiles: list them, show one resolved, check a file, probe their Flash.",
    mixinStandardHelpOptions = true,
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
      description = "Checks a profile file; says nothing but its name where it is right.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper hardware validate my-phone.yaml"})
  void validate(
      @Parameters(paramLabel = "FILE", description = "A YAML file (or a built-in name).")
          String profile) {
    ResolvedProfile resolved = HardwareProfiles.resolve(profile);
    out()
        .printf(
            Locale.ROOT,
            "%s: valid, profile %s, %.0f%% of its numbers are assumed%n",
            profile,
            resolved.profile().getName(),
            100 * resolved.assumedShare());
  }

  @Command(
      description = "Reads at random from a profile's Flash, as a benchmark would.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  dipper hardware probe oneplus-15r --read 128KiB --lanes 4"})
  void probe(
      @Parameters(paramLabel = "PROFILE", description = "A name or a file.") String profile,
      @Option(
              names = "--read",
              required = true,
              paramLabel = "SIZE",
              description = "The size of a read, e.g. 128KiB.")
          String read,
      @Option(
              names = "--lanes",
              defaultValue = "1",
              paramLabel = "N",
              description = "Reads in flight (default: ${DEFAULT-VALUE}).")
          int lanes) {
    double bytes = Units.parse(read, Dimension.BYTES);
    if (bytes < 1 || bytes > 1e9) {
      throw new UserException("--read " + read + " is out of range; read from 1 B to 1 GB at once");
    }
    if (lanes < 1 || lanes > 65536) {
      throw new UserException("--lanes " + lanes + " is out of range; give 1 to 65536");
    }
    FlashProbe probe =
        FlashProbe.of(HardwareProfiles.resolve(profile).profile().getFlash(), bytes, lanes);
    Table table = new Table("throughput", "reads per second", "mean latency");
    table.row(
        String.format(
            Locale.ROOT,
            "%.1f MB/s (%.1f MiB/s)",
            probe.bytesPerSecond() / 1e6,
            probe.bytesPerSecond() / (1 << 20)),
        String.format(Locale.ROOT, "%.0f", probe.requestsPerSecond()),
        Show.seconds(probe.latencySeconds()));
    table.print(out());
  }

  private static String gigabytes(Quantity bytesPerSecond) {
    return String.format(Locale.ROOT, "%.2f", bytesPerSecond.getValue() / 1e9);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
