package io.dipper.hwsim.machine;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.dipper.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The values of a measurement as they come, in a CSV file that a run which was interrupted goes on
 * with: {@code kind,size,threads,value}, a line for each repeat.
 */
final class MeasuredValues {
  private static final int FIELDS = 4;

  private final Path journal;
  private final String heading;
  private final Map<Measured, List<Double>> values;

  private MeasuredValues(Path journal, String heading, Map<Measured, List<Double>> values) {
    this.journal = journal;
    this.heading = heading;
    this.values = values;
  }

  /**
   * Opens a journal; one that is not there begins with the first value.
   *
   * @throws UserException if something else is in its place
   */
  static MeasuredValues open(Path journal, MeasureRequest request) {
    String heading = "# dipper hardware measure: " + request.conditions();
    try {
      if (Files.exists(journal)) {
        List<String> lines = Files.readAllLines(journal);
        if (!lines.isEmpty() && lines.get(0).equals(heading)) {
          return new MeasuredValues(journal, heading, read(journal));
        }
        throw UserException.in(
            journal, "was left by a run with other options; remove it, or give those options");
      }
      return new MeasuredValues(journal, heading, new LinkedHashMap<>());
    } catch (IOException e) {
      throw UserException.in(journal, "cannot be read; remove it, and run it again");
    }
  }

  private static Map<Measured, List<Double>> read(Path journal) throws IOException {
    Map<Measured, List<Double>> values = new LinkedHashMap<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofCsvRecord(journal)) {
      for (CsvRecord line : csv) {
        if (line.getFieldCount() != FIELDS) {
          throw new NumberFormatException();
        }
        Measured what =
            new Measured(
                Measured.Kind.valueOf(line.getField(0)),
                Integer.parseInt(line.getField(1)),
                Integer.parseInt(line.getField(2)));
        values
            .computeIfAbsent(what, w -> new ArrayList<>())
            .add(Double.valueOf(line.getField(FIELDS - 1)));
      }
    } catch (IllegalArgumentException | UncheckedIOException | CsvParseException e) {
      throw UserException.in(journal, "is damaged; remove it, and everything is measured anew");
    }
    return values;
  }

  int repeats(Measured what) {
    return values.getOrDefault(what, List.of()).size();
  }

  /** Adds a value, in the file first. */
  void add(Measured what, double value) {
    String line = what.kind() + "," + what.size() + "," + what.threads() + "," + value + "\n";
    try {
      if (values.isEmpty()) {
        Files.writeString(journal, heading + "\n");
      }
      Files.writeString(journal, line, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw UserException.in(journal, "cannot be written; free space, and run it again");
    }
    values.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
  }

  Spread spread(Measured what) {
    List<Double> repeats = Objects.requireNonNull(values.get(what));
    Spread spread = Spread.of(repeats.stream().mapToDouble(Double::doubleValue).toArray());
    return what.kind() == Measured.Kind.READ_AHEAD ? spread : spread.rounded();
  }
}
