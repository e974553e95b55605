package io.dipper.hwsim.synth;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import io.dipper.files.FileKind;
import io.dipper.files.InputFiles;
import io.dipper.files.OutputFile;
import io.dipper.hwsim.replay.unit.Experts;
import io.dipper.proto.ActivationStatistics;
import io.dipper.proto.ModelShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Statistics as JSON files, and those that ship with Dipper. */
public final class StatisticsFiles {
  private static final String DENSE = "smollm2-135m";
  private static final String WITH_EXPERTS = "bookworm-moe";

  private static final FileKind KIND =
      FileKind.ofText("a file of statistics", StatisticsFiles::begins);

  private static final String SUFFIX = ".json";
  private static final int MOST_BYTES = 64 << 20;

  private StatisticsFiles() {}

  /**
   * The statistics that Dipper ships for shapes of a kind, dense ones or those with experts; their
   * file says what they were measured on.
   */
  public static ActivationStatistics bundled(ModelShape shape) {
    String name = (Experts.in(shape) ? WITH_EXPERTS : DENSE) + SUFFIX;
    try (InputStream in = StatisticsFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not packed");
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file is one of statistics, by its name. */
  public static boolean isStatistics(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  private static boolean begins(String text) {
    return text.matches("(?s)\\{(\"source\":\".*?\",)?\"tokens\":\\d.*");
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws UserException if it cannot be read, or is of another kind
   */
  public static ActivationStatistics read(Path file) {
    try {
      byte[] json = InputFiles.read(file, MOST_BYTES);
      return parse(file.toString(), new String(json, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  static ActivationStatistics parse(String file, String json) {
    ActivationStatistics.Builder statistics = ActivationStatistics.newBuilder();
    try {
      JsonFormat.parser().merge(json, statistics);
    } catch (InvalidProtocolBufferException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserException(file + ": are no statistics of activations: " + why, e);
    }
    ActivationStatistics read = statistics.build();
    @Nullable String wrong = StatisticsCheck.wrong(read);
    if (wrong != null) {
      throw new UserException(file + ": are no statistics of activations: " + wrong);
    }
    return read;
  }

  /**
   * Writes or replaces statistics, one number per unit, knot and site.
   *
   * @throws UserException if the file cannot be written, or is there and no file of statistics
   */
  public static void write(ActivationStatistics statistics, Path file) {
    AtomicFile.write(
        file,
        OutputFile.Existing.REPLACED,
        KIND,
        out ->
            out.write(
                (JsonFormat.printer().omittingInsignificantWhitespace().print(statistics) + "\n")
                    .getBytes(StandardCharsets.UTF_8)));
  }
}
