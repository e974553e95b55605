package io.dipper.hwsim.table;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;
import com.jerolba.carpet.FieldMatchingStrategy;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Rows as Parquet. Uncompressed, since a result is small and every reader and platform must open
 * it; equal rows give equal bytes.
 */
public final class ParquetTable {
  private ParquetTable() {}

  /** Writes or replaces a file, atomically. */
  public static <R extends Record> void write(Path file, Class<R> type, List<R> rows) {
    AtomicFile.write(file, out -> write(out, type, rows));
  }

  private static <R extends Record> void write(OutputStream out, Class<R> type, List<R> rows)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (CarpetWriter<R> writer =
        new CarpetWriter.Builder<>(file, type)
            .withColumnNamingStrategy(ColumnNamingStrategy.SNAKE_CASE)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      writer.write(rows);
    }
    StableFooter.copy(file.toByteArray(), out);
  }

  /**
   * Reads a file; columns that are not of the row type are ignored, and those that may be empty may
   * be missing.
   *
   * @throws UserException if it is no Parquet file, or a column of texts is missing that must not
   *     be
   */
  public static <R extends Record> List<R> read(Path file, Class<R> type) {
    if (!Files.isRegularFile(file)) {
      throw UserException.in(file, "there is no such file");
    }
    try {
      List<R> rows =
          new CarpetReader<>(file.toFile(), type)
              .withFieldMatchingStrategy(FieldMatchingStrategy.SNAKE_CASE)
              .withFailOnMissingColumn(false)
              .toList();
      rows.forEach(row -> check(file, row));
      return rows;
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          file
              + ": is not a Parquet table of Dipper's, or is cut short or damaged; restore it, or"
              + " run again into another folder",
          e);
    }
  }

  private static <R extends Record> void check(Path file, R row) {
    @SuppressWarnings("unchecked")
    Columns<R> columns = Columns.of((Class<R>) row.getClass());
    for (int c = 0; c < columns.names().size(); c++) {
      if (!columns.nullable(c) && columns.value(row, c) == null) {
        throw UserException.in(
            file, "has no column '" + columns.names().get(c) + "'; is it a table of Dipper's?");
      }
    }
  }
}
