package io.dipper.hwsim.profile.fit;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dipper.config.Units;
import io.dipper.error.UserException;
import io.dipper.hwsim.profile.model.ModelShapes;
import io.dipper.hwsim.profile.model.Quantisations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Decode speeds in a CSV file with the columns {@code shape}, {@code quant}, {@code
 * tokens_per_second}, and perhaps {@code tokens} (128), {@code prompt} (0), {@code device}, {@code
 * backend}, {@code bandwidth_peak} and {@code role} ({@code fit} or {@code test}). Other columns
 * are skipped.
 */
final class DecodeCsv {
  private static final List<String> NEEDED = List.of("shape", "quant", "tokens_per_second");
  private static final double USUAL_TOKENS = 128;

  private final Path file;
  private final NamedCsvRecord row;

  private DecodeCsv(Path file, NamedCsvRecord row) {
    this.file = file;
    this.row = row;
  }

  static List<DecodeTable.Entry> read(Path file) {
    List<DecodeTable.Entry> entries = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        entries.add(new DecodeCsv(file, row).entry());
      }
    } catch (IOException e) {
      throw UserException.unreadable(file, e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw new UserException(file + ": it cannot be read as CSV: " + e.getMessage());
    }
    if (entries.isEmpty()) {
      throw new UserException(file + ": there are no rows; write " + String.join(",", NEEDED));
    }
    return entries;
  }

  private DecodeTable.Entry entry() {
    for (String column : NEEDED) {
      if (cell(column).isEmpty()) {
        throw error("there is no " + column + "; write " + String.join(",", NEEDED));
      }
    }
    String role = cell("role");
    if (!List.of("", "fit", "test").contains(role)) {
      throw error("role '" + role + "' is neither fit nor test");
    }
    try {
      DecodeRow measured =
          new DecodeRow(
              ModelShapes.find(cell("shape")),
              Quantisations.find(cell("quant")),
              number("prompt", 0, 0) + number("tokens", USUAL_TOKENS, 1) / 2,
              number("tokens_per_second", 0, 1e-6),
              role.equals("test"));
      return new DecodeTable.Entry(
          cell("device"), cell("backend"), "", cell("bandwidth_peak"), !role.isEmpty(), measured);
    } catch (UserException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(file.toString()) ? e : error(message);
    }
  }

  private String cell(String column) {
    return row.findField(column).orElse("").strip();
  }

  private double number(String column, double otherwise, double least) {
    String text = cell(column);
    double value =
        text.isEmpty() ? otherwise : Units.number(text).map(BigDecimal::doubleValue).orElse(-1.0);
    if (!(value >= least && value <= 1e9)) {
      throw error(column + " '" + text + "' is not a number from " + least + " to 1e9");
    }
    return value;
  }

  private UserException error(String message) {
    return new UserException(file + ":" + row.getStartingLineNumber() + ": " + message);
  }
}
