package io.dipper.hwsim.study.compare;

import io.dipper.config.Digits;
import io.dipper.config.MessageWriter;
import io.dipper.error.UserException;
import io.dipper.hwsim.study.result.ExecutedPointRow;
import io.dipper.hwsim.study.result.PointRow;
import io.dipper.hwsim.study.setting.Device;
import io.dipper.hwsim.study.setting.RelativePath;
import io.dipper.hwsim.study.verdict.SweptPoints;
import io.dipper.proto.Comparisons;
import io.dipper.proto.SpeedErrors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A profile that extends the one that points were compared on, and carries what that showed. */
public final class ComparedProfile {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1000).build();

  private final String base;

  private ComparedProfile(String base) {
    this.base = base;
  }

  /**
   * A profile that is still to be written.
   *
   * @param devices of the grid
   * @param file that it will be
   * @throws UserException if the devices neither are one profile nor extend one
   */
  public static ComparedProfile of(List<Device> devices, Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Device first = devices.get(0);
    for (Path candidate : first.resolved().files()) {
      if (devices.stream().allMatch(device -> reads(device, candidate))) {
        return new ComparedProfile(
            RelativePath.of(candidate, folder == null ? Path.of("") : folder));
      }
    }
    if (devices.stream().allMatch(first::equals) && first.file() == null) {
      return new ComparedProfile(first.profile().getName());
    }
    throw new UserException(
        "--write "
            + file
            + ": the devices of the grid extend no profile in common; compare those of one"
            + " machine");
  }

  private static boolean reads(Device device, Path file) {
    return device.resolved().files().stream()
        .anyMatch(read -> absolute(read).equals(absolute(file)));
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /**
   * The profile's text.
   *
   * @param rows of all points
   * @param points as they were swept
   */
  public String yaml(List<ExecutedPointRow> rows, SweptPoints points) {
    Set<String> masked =
        points.rows().stream()
            .filter(PointRow::isMasked)
            .map(PointRow::pointId)
            .collect(Collectors.toSet());
    Comparisons.Builder shown = Comparisons.newBuilder();
    double[] ofMasked = errors(rows.stream().filter(row -> masked.contains(row.pointId())));
    double[] ofDense = errors(rows.stream().filter(row -> !masked.contains(row.pointId())));
    if (ofDense.length > 0) {
      shown.setDense(summary(ofDense));
    }
    if (ofMasked.length > 0) {
      shown.setMasked(summary(ofMasked));
    }
    return new Dump(SETTINGS).dumpToString(Map.of("extends", base))
        + "comparisons:\n"
        + MessageWriter.write(shown.build()).indent(2);
  }

  private static double[] errors(Stream<ExecutedPointRow> rows) {
    return rows.filter(row -> row.executed().ratio() != null)
        .mapToDouble(ExecutedPointRow::logError)
        .toArray();
  }

  private static SpeedErrors summary(double[] errors) {
    double[] sizes = Arrays.stream(errors).map(Math::abs).toArray();
    return SpeedErrors.newBuilder()
        .setPoints(errors.length)
        .setMedian(Digits.four(new Percentile().evaluate(errors, 50)))
        .setNinetieth(Digits.four(new Percentile().evaluate(sizes, 90)))
        .build();
  }
}
