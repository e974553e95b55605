package io.dipper.hwsim.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180, UTF-8, a header line, lines ended by a line feed): doubles exact, nothing
 * where a value is null.
 */
public final class CsvTable {
  private CsvTable() {}

  /** Writes or replaces a file, atomically. */
  public static <R extends Record> void write(Path file, Class<R> type, List<R> rows) {
    AtomicFile.write(file, out -> write(out, type, rows));
  }

  /** Writes to a stream, which stays open. */
  public static <R extends Record> void write(OutputStream out, Class<R> type, List<R> rows)
      throws IOException {
    Lines<R> lines = lines(out, type);
    rows.forEach(lines::write);
    lines.flush();
  }

  /** A table in the making, its header written, on a stream, which stays open. */
  public static <R extends Record> Lines<R> lines(OutputStream out, Class<R> type) {
    return new Lines<>(out, Columns.of(type));
  }

  /**
   * A table that is written row by row. What the stream refuses is an {@link
   * java.io.UncheckedIOException}.
   */
  public static final class Lines<R extends Record> {
    private final Columns<R> columns;
    private final CsvWriter csv;

    private Lines(OutputStream out, Columns<R> columns) {
      this.columns = columns;
      this.csv =
          CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
      csv.writeRecord(columns.names());
    }

    /** Appends a row. */
    public void write(R row) {
      csv.writeRecord(columns.values(row).stream().map(Cells::text).toList());
    }

    /** Hands everything to the stream. */
    public void flush() {
      try {
        csv.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Reads a file; columns that are not of the row type are ignored, and those that may be empty may
   * be missing.
   *
   * @throws UserException if a column that must have values is missing or a value is not of its
   *     type
   */
  public static <R extends Record> List<R> read(Path file, Class<R> type) {
    Columns<R> columns = Columns.of(type);
    List<R> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : csv) {
        rows.add(row(file, columns, line));
      }
      return rows;
    } catch (CsvParseException e) {
      throw new UserException(file + ": is not CSV: " + e.getMessage(), e);
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    }
  }

  private static <R extends Record> R row(Path file, Columns<R> columns, NamedCsvRecord line) {
    @Nullable Object[] values = new @Nullable Object[columns.names().size()];
    for (int c = 0; c < values.length; c++) {
      String name = columns.names().get(c);
      Optional<String> text = line.findField(name);
      if (text.isEmpty() && columns.nullable(c)) {
        continue;
      }
      if (text.isEmpty()) {
        throw UserException.in(file, "has no column '" + name + "'; is it a table of Dipper's?");
      }
      try {
        values[c] = Cells.parse(text.get(), columns.type(c), columns.nullable(c));
      } catch (IllegalArgumentException e) {
        String wanted = columns.type(c) == boolean.class ? "true or false" : "a number";
        throw bad(file, line, name, "'" + text.get() + "' is not " + wanted);
      }
      if (values[c] == null && !columns.nullable(c)) {
        throw bad(file, line, name, "is empty, a value is needed");
      }
    }
    return columns.row(Arrays.asList(values));
  }

  private static UserException bad(Path file, NamedCsvRecord line, String column, String what) {
    return new UserException(
        file + ":" + line.getStartingLineNumber() + ": column '" + column + "': " + what);
  }
}
