package io.dipper.cli.command;

import io.dipper.cli.console.Show;
import io.dipper.cli.console.Table;
import io.dipper.config.Dimension;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.time.device.FlashProbe;
import io.dipper.hwsim.time.device.Latencies;
import io.dipper.hwsim.time.device.ProbeLoad;
import io.dipper.proto.Flash;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper hardware probe}: a benchmark of a profile's Flash, read by read. */
@Command(
    name = "probe",
    description =
        "Reads from a profile's Flash as a benchmark would (fio: iodepth, bs, rate_iops).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Throughput is of the bytes asked for; latency runs from submission to the last byte.",
      "A profile that throttles starts cold, as throttle_after says.",
      "",
      "Example:",
      "  dipper hardware probe oneplus-15r --read 128KiB --lanes 4",
      "  dipper hardware probe snapdragon-8-gen-3 --read 4KiB --rate 50000 --seed 7",
      "  dipper hardware probe apple-a18 --read 512KiB --lanes 32 --sequential"
    })
public final class HardwareProbeCommand implements Runnable {
  private static final int MOST_READS = 20_000;
  private static final int LEAST_READS = 100;
  private static final double BYTES = 2e10;
  private static final double LONGEST_SECONDS = 3600;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PROFILE", description = "A name or a file.")
  private String profile = "";

  @Option(
      names = "--read",
      required = true,
      paramLabel = "SIZE",
      description = "The size of a read, e.g. 128KiB.")
  private String read = "";

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description =
          "Reads always in flight (default: 1); with --rate the most of them (default: as many as"
              + " the device takes).")
  private @Nullable Integer lanes;

  @Option(
      names = "--sequential",
      description = "The reads follow one another on the device; otherwise they are random.")
  private boolean sequential;

  @Option(
      names = "--range",
      paramLabel = "SIZE",
      description = "Random reads within so many bytes, e.g. 128MiB (default: the whole device).")
  private @Nullable String range;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Reads arrive at random, N a second on average (default: the next is submitted when one"
              + " ends).")
  private @Nullable Double rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of the arrivals (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public void run() {
    ProbeLoad load = load();
    Flash flash = HardwareProfiles.resolve(profile).profile().getFlash();
    FlashProbe probe = FlashProbe.of(flash, load);
    print(probe);
    if (rate != null && probe.requestsPerSecond() < 0.97 * rate) {
      out()
          .printf(
              "The device does not keep up with %s reads a second: the longer the run, the longer"
                  + " they wait.%n",
              Show.digits(rate));
    }
  }

  private ProbeLoad load() {
    double bytes = size("--read", read, 1e9);
    double span = range == null ? Double.POSITIVE_INFINITY : size("--range", range, 1e13);
    if (span < bytes) {
      throw new UserException("--range " + range + " is smaller than a read of " + read);
    }
    if (lanes != null && (lanes < 1 || lanes > 65536)) {
      throw new UserException("--lanes " + lanes + " is out of range; give 1 to 65536");
    }
    int reads = (int) Math.min(MOST_READS, Math.max(LEAST_READS, BYTES / bytes));
    if (rate != null && !(rate >= reads / LONGEST_SECONDS && rate <= 1e9)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--rate %s is out of range; give %.3g to 1e9 reads a second (%d reads are simulated,"
                  + " in at most an hour)",
              rate,
              reads / LONGEST_SECONDS,
              reads));
    }
    int inFlight = lanes != null ? lanes : rate == null ? 1 : 0;
    return new ProbeLoad(bytes, inFlight, rate == null ? 0 : rate, sequential, span, reads, seed);
  }

  private static double size(String option, String text, double most) {
    double bytes = Units.parse(text, Dimension.BYTES);
    if (bytes < 1 || bytes > most) {
      throw new UserException(
          String.format(
              "%s %s is out of range; give 1 B to %s",
              option, text, Units.print(most, Dimension.BYTES)));
    }
    return bytes;
  }

  private void print(FlashProbe probe) {
    new Table("throughput", "IOPS")
        .row(
            String.format(
                Locale.ROOT,
                "%.1f MB/s (%.1f MiB/s)",
                probe.bytesPerSecond() / 1e6,
                probe.bytesPerSecond() / (1 << 20)),
            String.format(Locale.ROOT, "%.0f", probe.requestsPerSecond()))
        .print(out());
    Latencies latencies = probe.latencies();
    Latencies.Percentiles percentiles = latencies.percentiles();
    out().println();
    new Table("latency: min", "mean", "p50", "p90", "p95", "p99", "p99.9", "max")
        .row(
            Show.seconds(latencies.min()),
            Show.seconds(latencies.mean()),
            Show.seconds(percentiles.p50()),
            Show.seconds(percentiles.p90()),
            Show.seconds(percentiles.p95()),
            Show.seconds(percentiles.p99()),
            Show.seconds(percentiles.p999()),
            Show.seconds(latencies.max()))
        .print(out());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
