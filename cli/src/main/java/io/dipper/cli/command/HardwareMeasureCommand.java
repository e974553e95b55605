package io.dipper.cli.command;

import com.sun.management.OperatingSystemMXBean;
import io.dipper.cli.console.ShownProgress;
import io.dipper.config.Dimension;
import io.dipper.config.MessageWriter;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.files.CannotWrite;
import io.dipper.files.CommandFiles;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.execute.MeasuredExecution;
import io.dipper.hwsim.machine.MachineMeasurement;
import io.dipper.hwsim.machine.MachineProfile;
import io.dipper.hwsim.machine.MeasureRequest;
import io.dipper.hwsim.machine.Measured;
import io.dipper.hwsim.machine.Spread;
import io.dipper.hwsim.profile.hardware.HardwareProfiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dipper hardware measure}: a profile of the machine that it runs on. */
@Command(
    name = "measure",
    description = "Measures this machine: its disk, memory and cores, and writes a profile of it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Reads go around the system's cache (O_DIRECT), at random places of a file that is written",
      "first and removed at the end. Let nothing else run meanwhile. What an interrupted run has",
      "measured is kept beside the profile, and the next one goes on with it.",
      "",
      "Example:",
      "  dipper hardware measure --disk . -o mine.yaml",
      "  dipper hardware measure --disk . --file-size 256MiB --lanes 1,4,16 --seconds 0.2 -o m.yaml"
    })
public final class HardwareMeasureCommand implements Runnable {
  private static final double LONGEST = 3600;
  private static final int MOST_LANES = 1024;

  @Spec private CommandSpec spec;
  @Mixin private ForceOption force;

  @Option(
      names = "--disk",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "A folder on the disk to read (default: the current one).")
  private Path folder = Path.of("");

  @Option(
      names = "--file-size",
      paramLabel = "SIZE",
      defaultValue = "1GiB",
      description = "Of the file that is read there (default: ${DEFAULT-VALUE}).")
  private String fileSize = "";

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SIZE",
      defaultValue = "4KiB,16KiB,64KiB,128KiB,256KiB,512KiB,1MiB,4MiB",
      description = "Of reads (default: ${DEFAULT-VALUE}).")
  private List<String> sizes = List.of();

  @Option(
      names = "--lanes",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,4,8,16,32",
      description = "Reads in flight (default: ${DEFAULT-VALUE}).")
  private List<Integer> lanes = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0.5",
      description = "For each measurement (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of each; the median counts (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The profile, NAME.yaml.")
  private Path output = Path.of("");

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress.")
  private boolean quiet;

  @Override
  public void run() {
    MeasureRequest request = request();
    Path journal = output.resolveSibling(output.getFileName() + ".values.csv");
    new CommandFiles().writes("-o", output).writes("the values beside -o", journal).check();
    try (OutputFile to = OutputFile.result(output, force.existing(), HardwareProfiles.KIND)) {
      Map<Measured, Spread> values = measure(request, journal);
      Channels.newOutputStream(to.channel())
          .write(yaml(values, request).getBytes(StandardCharsets.UTF_8));
      to.commit();
      Files.deleteIfExists(journal);
      MeasuredTable.print(values, request, spec.commandLine().getOut());
      spec.commandLine().getOut().println("Wrote " + output);
    } catch (IOException e) {
      throw CannotWrite.error(output, e);
    }
  }

  private Map<Measured, Spread> measure(MeasureRequest request, Path journal) {
    try (ShownProgress progress = ShownProgress.on(spec.commandLine().getErr(), quiet)) {
      return MachineMeasurement.run(request, new MeasuredExecution(), journal, progress);
    }
  }

  private String yaml(Map<Measured, Spread> values, MeasureRequest request) {
    String name = String.valueOf(output.getFileName()).replaceFirst("\\.ya?ml$", "");
    return MessageWriter.write(MachineProfile.of(values, request, name, memoryBytes()));
  }

  private MeasureRequest request() {
    if (!output.toString().matches(".*\\.ya?ml")) {
      throw new UserException("-o " + output + ": a profile's name ends in .yaml");
    }
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw new UserException("--seconds " + seconds + " is out of range; give up to 3600");
    }
    if (repeats < 1) {
      throw new UserException("--repeats " + repeats + " is out of range; give 1 or more");
    }
    for (int lane : lanes) {
      if (lane < 1 || lane > MOST_LANES) {
        throw new UserException("--lanes " + lane + " is out of range; give 1 to " + MOST_LANES);
      }
    }
    List<Integer> bytes =
        sizes.stream().map(size -> (int) bytes("--sizes", size, Integer.MAX_VALUE)).toList();
    return new MeasureRequest(
        folder, bytes("--file-size", fileSize, 1L << 50), bytes, lanes, seconds, repeats);
  }

  private static long bytes(String option, String text, long most) {
    double bytes = Units.parse(text, Dimension.BYTES);
    if (!(bytes >= 1 && bytes <= most) || bytes != Math.rint(bytes)) {
      throw new UserException(
          option
              + " "
              + text
              + " is out of range; give up to "
              + Units.print(most, Dimension.BYTES));
    }
    return (long) bytes;
  }

  private static double memoryBytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
