package io.dipper.hwsim.routes;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.dipper.error.UserException;
import io.dipper.files.InputFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a router trace of an engine, pass by pass: a CSV file with comment lines about the model
 * ({@link RouteHeader}) and the columns {@code turn, phase, step, layer, slot, expert, weight};
 * others may follow. Phase 0 is a prompt, 1 decodes; the slot is the expert's rank. The lines of a
 * pass stand together, in any order.
 */
final class RouteReader {
  private static final List<String> COLUMNS =
      List.of("turn", "phase", "step", "layer", "slot", "expert", "weight");

  private final Path file;
  private final RouteHeader header;
  private final Passes passes;
  private int @Nullable [] places;
  private @Nullable RoutePass pass;
  private long line;

  /** Takes the passes of a trace. */
  interface Passes {
    void accept(RouteHeader header, RoutePass pass);
  }

  private RouteReader(Path file, Passes passes) {
    this.file = file;
    this.header = new RouteHeader(file);
    this.passes = passes;
  }

  /**
   * Reads a file.
   *
   * @throws UserException with file and line of the first thing that is wrong
   */
  static RouteHeader read(Path file, Passes passes) {
    InputFiles.requireFile(file, "a router trace");
    RouteReader reader = new RouteReader(file, passes);
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.READ)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .detectBomHeader(true)
            .ofCsvRecord(file)) {
      csv.forEach(reader::record);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new UserException(file + ": it cannot be read as CSV: " + e.getMessage());
    }
    reader.end();
    return reader.header;
  }

  private void record(CsvRecord row) {
    line = row.getStartingLineNumber();
    if (row.isComment()) {
      header.read(line, row.getField(0));
    } else if (places == null) {
      header.check();
      places = places(row);
    } else {
      expert(row, places);
    }
  }

  private int[] places(CsvRecord heading) {
    int[] found = new int[COLUMNS.size()];
    for (int c = 0; c < found.length; c++) {
      found[c] = heading.getFields().indexOf(COLUMNS.get(c));
      if (found[c] < 0) {
        throw error(
            "there is no column '" + COLUMNS.get(c) + "'; want " + String.join(",", COLUMNS));
      }
    }
    return found;
  }

  private void expert(CsvRecord row, int[] at) {
    int turn = number(row, at, 0, Integer.MAX_VALUE);
    boolean decode = number(row, at, 1, 1) == 1;
    int step = number(row, at, 2, Integer.MAX_VALUE - 1);
    if (pass == null || !pass.takes(turn, decode, step)) {
      next(new RoutePass(turn, decode, step));
    }
    RoutePass now = Objects.requireNonNull(pass);
    TokenRoutes token =
        now.token(step, header)
            .orElseThrow(() -> error(now.describe(step) + " comes before the step before it"));
    int layer = number(row, at, 3, header.layers() - 1);
    int rank = number(row, at, 4, header.perToken() - 1);
    int expert = number(row, at, 5, header.experts() - 1);
    Optional<String> wrong = token.add(layer, rank, expert, weight(row, at[6]));
    if (wrong.isPresent()) {
      throw error(now.describe(step) + ": " + wrong.get());
    }
  }

  private int number(CsvRecord row, int[] at, int column, int most) {
    String text = at[column] < row.getFieldCount() ? row.getField(at[column]).strip() : "";
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw error(COLUMNS.get(column) + " is '" + text + "', want a whole number from 0 to " + most);
  }

  private float weight(CsvRecord row, int at) {
    String text = at < row.getFieldCount() ? row.getField(at).strip() : "";
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw error("weight is '" + text + "', want a finite number");
  }

  /** The lines of another pass begin. */
  private void next(RoutePass begun) {
    if (pass != null) {
      complain(pass.gapTo(begun));
      close(pass);
    }
    pass = begun;
  }

  private void close(RoutePass done) {
    complain(done.missing());
    passes.accept(header, done);
  }

  private void complain(Optional<String> what) {
    if (what.isPresent()) {
      throw error(what.get());
    }
  }

  private void end() {
    if (pass == null) {
      throw UserException.in(file, "has no experts; want lines of " + String.join(",", COLUMNS));
    }
    close(pass);
  }

  private UserException error(String what) {
    return new UserException(file + ":" + line + ": " + what);
  }
}
