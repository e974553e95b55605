package io.dipper.hwsim.profile.fit;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.dipper.config.Dimension;
import io.dipper.config.Nearest;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measured throughputs of a Flash, read from the JSON of fio or from a CSV file with the columns
 * {@code size}, {@code lanes}, {@code throughput} and perhaps {@code range}. A unit stands in the
 * cell ({@code 128 KiB}) or in the heading ({@code throughput (MiB/s)}); without one numbers are
 * bytes and bytes per second. Lines that begin with {@code #} are skipped.
 *
 * @param file its name in messages
 * @param points in the order of the file, none twice
 */
public record MeasuredCurve(String file, List<MeasuredPoint> points) {
  private static final List<String> COLUMNS = List.of("size", "lanes", "throughput", "range");
  private static final Pattern HEADING =
      Pattern.compile("\\s*(\\w+)\\s*(?:[(\\[]?([^)\\]]*)[)\\]]?)");
  private static final double LARGEST_BYTES = 1e13;
  private static final int MOST_LANES = 65536;

  public MeasuredCurve {
    points = List.copyOf(points);
  }

  /** A column: its place in a record, and the unit of its numbers, if the heading has one. */
  private record Column(int place, String unit) {}

  /**
   * Reads a file.
   *
   * @throws UserException with file and line of the first thing that is wrong
   */
  public static MeasuredCurve read(Path file) {
    if (!Files.exists(file)) {
      throw new UserException(file + ": there is no such file");
    }
    if (file.toString().endsWith(".json")) {
      return FioRuns.read(file);
    }
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .detectBomHeader(true)
            .ofCsvRecord(file)) {
      return new MeasuredCurve(file.toString(), points(file, csv));
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw new UserException(file + ": it cannot be read as CSV: " + e.getMessage());
    }
  }

  /**
   * @throws UserException if reads were confined to a range, of which an affine device knows
   *     nothing
   */
  void checkNoRanges() {
    if (points.stream().anyMatch(p -> p.range() < Double.POSITIVE_INFINITY)) {
      throw new UserException(file + ": an affine device knows no ranges; take --form table");
    }
  }

  private static List<MeasuredPoint> points(Path file, Iterable<CsvRecord> csv) {
    @Nullable Map<String, Column> columns = null;
    List<MeasuredPoint> points = new ArrayList<>();
    Set<List<Double>> seen = new HashSet<>();
    for (CsvRecord row : csv) {
      if (columns == null) {
        columns = columns(file, row);
        continue;
      }
      MeasuredPoint point = point(file, row, columns);
      if (!seen.add(List.of(point.size(), (double) point.lanes(), point.range()))) {
        throw error(file, row, "these reads were measured on an earlier line already; keep one");
      }
      points.add(point);
    }
    if (points.isEmpty()) {
      throw new UserException(file + ": there are no measurements; write size,lanes,throughput");
    }
    return points;
  }

  private static Map<String, Column> columns(Path file, CsvRecord heading) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < heading.getFieldCount(); i++) {
      Matcher matcher = HEADING.matcher(heading.getField(i).strip());
      String name = matcher.matches() ? String.valueOf(matcher.group(1)) : heading.getField(i);
      if (!COLUMNS.contains(name)) {
        throw error(file, heading, "unknown column '" + name + "'; " + Nearest.hint(name, COLUMNS));
      }
      String unit = matcher.group(2) == null ? "" : String.valueOf(matcher.group(2)).strip();
      if (columns.put(name, new Column(i, unit)) != null) {
        throw error(file, heading, "column '" + name + "' is there twice");
      }
    }
    for (String name : COLUMNS.subList(0, 3)) {
      if (!columns.containsKey(name)) {
        throw error(
            file, heading, "there is no column '" + name + "'; write size,lanes,throughput");
      }
    }
    return columns;
  }

  private static MeasuredPoint point(Path file, CsvRecord row, Map<String, Column> columns) {
    if (row.getFieldCount() != columns.size()) {
      throw error(file, row, "there are " + row.getFieldCount() + " cells, not " + columns.size());
    }
    double lanes = number(file, row, columns, "lanes", Dimension.NUMBER, 1, MOST_LANES);
    double range =
        columns.containsKey("range") && !cell(row, columns, "range").isEmpty()
            ? number(file, row, columns, "range", Dimension.BYTES, 1, LARGEST_BYTES)
            : Double.POSITIVE_INFINITY;
    return new MeasuredPoint(
        number(file, row, columns, "size", Dimension.BYTES, 1, 1e12),
        (int) lanes,
        range,
        number(file, row, columns, "throughput", Dimension.BANDWIDTH, 1e3, 1e13),
        row.getStartingLineNumber());
  }

  private static String cell(CsvRecord row, Map<String, Column> columns, String name) {
    Column column = columns.get(name);
    return column == null ? "" : row.getField(column.place()).strip();
  }

  /** A number in the cell's unit, the heading's, or else the base unit. */
  private static double number(
      Path file,
      CsvRecord row,
      Map<String, Column> columns,
      String name,
      Dimension dimension,
      double min,
      double max) {
    String text = cell(row, columns, name);
    Column column = columns.get(name);
    String unit = column == null || column.unit().isEmpty() ? dimension.base() : column.unit();
    boolean plain = dimension != Dimension.NUMBER && Units.number(text).isPresent();
    double value;
    try {
      value = Units.parse(plain ? text + " " + unit : text, dimension);
    } catch (UserException e) {
      throw error(file, row, name + ": " + e.getMessage());
    }
    if (!(value >= min && value <= max)) {
      throw error(
          file,
          row,
          name
              + " "
              + text
              + " is out of range; it must lie between "
              + Units.print(min, dimension)
              + " and "
              + Units.print(max, dimension));
    }
    if (dimension != Dimension.BANDWIDTH && value != Math.rint(value)) {
      throw error(file, row, name + " " + text + " is not a whole number");
    }
    return value;
  }

  private static UserException error(Path file, CsvRecord row, String message) {
    return new UserException(file + ":" + row.getStartingLineNumber() + ": " + message);
  }
}
