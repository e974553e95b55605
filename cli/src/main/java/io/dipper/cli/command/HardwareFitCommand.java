package io.dipper.cli.command;

import io.dipper.cli.console.Table;
import io.dipper.config.Dimension;
import io.dipper.config.MessageWriter;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.files.CommandFiles;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.profile.fit.AffineFit;
import io.dipper.hwsim.profile.fit.FlashFit;
import io.dipper.hwsim.profile.fit.MeasuredCurve;
import io.dipper.hwsim.profile.fit.MeasuredPoint;
import io.dipper.hwsim.profile.fit.TableFit;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import io.dipper.hwsim.profile.hardware.ResolvedProfile;
import io.dipper.proto.Flash;
import io.dipper.proto.HardwareProfile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper hardware fit}: from measurements of a Flash to a profile. */
@Command(
    name = "fit",
    description =
        "Makes a profile from measurements of a Flash, and says how near it comes to them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The CSV has the columns size, lanes, throughput (and range, for tables). A unit stands in the",
      "cell, 128 KiB, or in the heading, throughput (MiB/s); plain numbers are bytes and bytes/s.",
      "Residuals stand at the profile's top as comments. Reads outside a table are clamped to it.",
      "",
      "Example:",
      "  dipper hardware fit docs/curves/oneplus-15r.csv --form affine -o my-phone.yaml",
      "  dipper hardware fit docs/curves/oneplus-15r.csv --form table --extends apple-a18"
    })
public final class HardwareFitCommand implements Runnable {
  /** What comes of the measurements. */
  enum Form {
    affine,
    table
  }

  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  @Spec private CommandSpec spec;
  @Mixin private ForceOption force;

  @Parameters(paramLabel = "CSV", description = "The measurements.")
  private Path csv = Path.of("");

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "affine",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Form form = Form.affine;

  @Option(
      names = "--extends",
      paramLabel = "PROFILE",
      defaultValue = "paper",
      description =
          "Where everything beside Flash, and the page size, comes from (default:"
              + " ${DEFAULT-VALUE}).")
  private String parent = "";

  @Option(names = "--name", paramLabel = "N", description = "Of the profile (default: the CSV's).")
  private @Nullable String name;

  @Option(
      names = "--source",
      paramLabel = "TEXT",
      description = "Who measured what, for the profile's numbers (default: the CSV's name).")
  private @Nullable String source;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the profile there, and prints the residuals (default: prints both).")
  private @Nullable Path output;

  @Override
  public void run() {
    ResolvedProfile base = HardwareProfiles.resolve(parent);
    CommandFiles files = new CommandFiles().reads("", csv).writes("-o", output);
    base.files().forEach(file -> files.reads("--extends", file));
    files.check();
    MeasuredCurve curve = MeasuredCurve.read(csv);
    String file = String.valueOf(csv.getFileName());
    String measuredBy = source == null ? file : source;
    FlashFit fit =
        form == Form.table ? TableFit.of(curve, measuredBy) : AffineFit.of(curve, measuredBy);
    String residuals = residuals(fit);
    String yaml =
        residuals
                .lines()
                .map(line -> ("# " + line).stripTrailing() + "\n")
                .reduce("", String::concat)
            + MessageWriter.write(profile(base.profile(), fit, file.replaceFirst("\\.[^.]*$", "")));
    PrintWriter out = spec.commandLine().getOut();
    Path target = output;
    if (target == null || target.equals(STANDARD_OUTPUT)) {
      out.print(yaml);
      return;
    }
    if (!target.toString().matches(".*\\.ya?ml") && !OutputFile.isPipeOrDevice(target)) {
      throw new UserException("-o " + target + ": a profile's name ends in .yaml");
    }
    AtomicFile.write(
        target,
        force.existing(),
        HardwareProfiles.KIND,
        to -> to.write(yaml.getBytes(StandardCharsets.UTF_8)));
    out.print(residuals);
    out.println("Wrote " + target);
  }

  private HardwareProfile profile(HardwareProfile base, FlashFit fit, String stem) {
    Flash.Builder flash = fit.flash().toBuilder();
    if (base.getFlash().hasPageSize()) {
      flash.setPageSize(base.getFlash().getPageSize());
    }
    return base.toBuilder()
        .setName(name == null ? stem : name)
        .setDescription("Flash by " + csv.getFileName() + ", the rest as " + base.getName())
        .setFlash(flash)
        .build();
  }

  private static String residuals(FlashFit fit) {
    Table table = new Table("size", "lanes", "measured MiB/s", "fitted MiB/s", "residual %");
    for (FlashFit.Residual residual : fit.residuals()) {
      MeasuredPoint point = residual.measured();
      table.row(
          Units.print(point.size(), Dimension.BYTES),
          point.lanes(),
          mebibytes(point.throughput()),
          mebibytes(residual.fitted()),
          percent(residual.relative()));
    }
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out);
    out.printf(
        Locale.ROOT,
        "RMS residual %.1f %%, worst %s %%%n",
        100 * fit.rootMeanSquare(),
        percent(fit.worst()));
    out.flush();
    return text.toString();
  }

  private static String mebibytes(double bytesPerSecond) {
    return String.format(Locale.ROOT, "%.1f", bytesPerSecond / (1 << 20));
  }

  private static String percent(double relative) {
    double percent = 100 * relative;
    return String.format(Locale.ROOT, "%.1f", Math.abs(percent) < 0.05 ? 0 : percent);
  }
}
