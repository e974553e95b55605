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
import io.dipper.hwsim.profile.fit.CrowdedFit;
import io.dipper.hwsim.profile.fit.DecodeTable;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dipper hardware fit}: from measurements of a Flash or of decoding to a profile. */
@Command(
    name = "fit",
    description =
        "Makes a profile from measurements of a Flash, or of decoding, and says how near it comes to"
            + " them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The CSV has the columns size, lanes, throughput (and range, for tables). A unit stands in the",
      "cell, 128 KiB, or in the heading, throughput (MiB/s); plain numbers are bytes and bytes/s.",
      "A .json is fio's: randread, direct=1. Reads outside a table are clamped to it.",
      "For --decode: shape, quant, tokens_per_second (tokens, prompt, role: fit or test), or what",
      "llama-bench -o json writes. Rows without a role: every other one is held out, as a test.",
      "Residuals stand at the profile's top as comments.",
      "",
      "Example:",
      "  dipper hardware fit docs/curves/oneplus-15r.csv --form affine -o my-phone.yaml",
      "  dipper hardware fit docs/curves/oneplus-15r.csv --form table --extends apple-a18",
      "  dipper hardware fit --decode speeds.csv --extends apple-m3-max -o my-laptop.yaml"
    })
public final class HardwareFitCommand implements Runnable {
  /** What comes of the measurements. */
  enum Form {
    affine,
    crowded,
    table
  }

  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  @Spec private CommandSpec spec;
  @Mixin private ForceOption force;

  /** One of two. */
  static final class Measurements {
    @Parameters(paramLabel = "CSV", description = "Measurements of a Flash (or fio's .json).")
    private @Nullable Path flash;

    @Option(
        names = "--decode",
        paramLabel = "FILE",
        description = "Measured decode speeds of models that lie in memory.")
    private @Nullable Path decode;
  }

  @ArgGroup(multiplicity = "1")
  private Measurements measurements;

  @Option(
      names = "--device",
      paramLabel = "TEXT",
      description = "Of decode speeds of several devices the one whose name begins so.")
  private @Nullable String device;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "affine",
      description =
          "Of a Flash: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). crowded is affine with a"
              + " command rate, and commands that take longer beside others.")
  private Form form = Form.affine;

  @Option(
      names = "--extends",
      paramLabel = "PROFILE",
      defaultValue = "paper",
      description =
          "Where everything that is not fitted comes from, the page size too (default:"
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
    CommandFiles files =
        new CommandFiles()
            .reads("", measurements.flash)
            .reads("--decode", measurements.decode)
            .writes("-o", output);
    base.files().forEach(file -> files.reads("--extends", file));
    files.check();
    if (device != null && measurements.decode == null) {
      throw new UserException("--device is for --decode; a Flash's measurements name none");
    }
    FittedProfile fitted =
        measurements.decode == null
            ? flash(base.profile(), Objects.requireNonNull(measurements.flash))
            : decode(base.profile(), measurements.decode);
    write(fitted);
  }

  private FittedProfile decode(HardwareProfile base, Path file) {
    String text = source == null ? fileName(file) : source;
    DecodeTable table = DecodeTable.read(file, device == null ? "" : device);
    return DecodeProfile.of(table, base, name(file), text);
  }

  private FittedProfile flash(HardwareProfile base, Path csv) {
    MeasuredCurve curve = MeasuredCurve.read(csv);
    String measuredBy = source == null ? fileName(csv) : source;
    FlashFit fit =
        switch (form) {
          case table -> TableFit.of(curve, measuredBy);
          case crowded -> CrowdedFit.of(curve, measuredBy);
          case affine -> AffineFit.of(curve, measuredBy);
        };
    Flash.Builder flash = fit.flash().toBuilder();
    if (base.getFlash().hasPageSize()) {
      flash.setPageSize(base.getFlash().getPageSize());
    }
    HardwareProfile profile =
        base.toBuilder()
            .setName(name(csv))
            .setDescription("Flash by " + fileName(csv) + ", the rest as " + base.getName())
            .setFlash(flash)
            .build();
    return new FittedProfile(profile, residuals(fit));
  }

  private String name(Path file) {
    return name == null ? fileName(file).replaceFirst("\\.[^.]*$", "") : name;
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void write(FittedProfile fitted) {
    String yaml =
        fitted
                .text()
                .lines()
                .map(line -> ("# " + line).stripTrailing() + "\n")
                .reduce("", String::concat)
            + MessageWriter.write(fitted.profile());
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
    out.print(fitted.text());
    out.println("Wrote " + target);
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
