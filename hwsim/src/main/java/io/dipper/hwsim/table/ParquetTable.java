package io.dipper.hwsim.table;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import io.dipper.error.UserException;
import io.dipper.files.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Parquet, flat whatever their parts. Uncompressed, since a result is small and every
 * reader and platform must open it; equal rows give equal bytes.
 */
public final class ParquetTable {
  private ParquetTable() {}

  /** Writes or replaces a file, atomically. */
  public static <R extends Record> void write(Path file, Class<R> type, List<R> rows) {
    AtomicFile.write(file, out -> write(out, type, rows));
  }

  /** Writes to a stream, which stays open. */
  public static <R extends Record> void write(OutputStream out, Class<R> type, List<R> rows)
      throws IOException {
    Columns<R> columns = Columns.of(type);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (CarpetWriter<Cell[]> writer =
        new CarpetWriter.Builder<>(file, Cell[].class)
            .withWriteRecordModel(schema(columns))
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (R row : rows) {
        writer.write(columns.values(row).stream().map(Cell::new).toArray(Cell[]::new));
      }
    }
    StableFooter.copy(file.toByteArray(), out);
  }

  /** A value of a row, so that a row is an array of a type of its own. */
  private record Cell(@Nullable Object value) {}

  private static WriteRecordModelType<Cell[]> schema(Columns<?> columns) {
    WriteRecordModelType<Cell[]> schema = FieldTypes.writeRecordModel(Cell[].class);
    List<Column> all = columns.all();
    for (int c = 0; c < all.size(); c++) {
      int place = c;
      schema.withField(all.get(c).name(), type(all.get(c).type()), row -> row[place].value());
    }
    return schema;
  }

  private static FieldType type(Class<?> type) {
    if (type == String.class) {
      return FieldTypes.STRING;
    }
    if (type == double.class || type == Double.class) {
      return type.isPrimitive() ? FieldTypes.DOUBLE.notNull() : FieldTypes.DOUBLE;
    }
    if (type == long.class || type == Long.class) {
      return type.isPrimitive() ? FieldTypes.LONG.notNull() : FieldTypes.LONG;
    }
    if (type == int.class || type == Integer.class) {
      return type.isPrimitive() ? FieldTypes.INTEGER.notNull() : FieldTypes.INTEGER;
    }
    if (type == boolean.class) {
      return FieldTypes.BOOLEAN.notNull();
    }
    throw new IllegalArgumentException("no column is of " + type);
  }

  /**
   * Reads a file; columns that are not of the row type are ignored, and those that may be empty may
   * be missing.
   *
   * @throws UserException if it is no Parquet file, or a column is missing that must not be
   */
  public static <R extends Record> List<R> read(Path file, Class<R> type) {
    if (!Files.isRegularFile(file)) {
      throw UserException.in(file, "there is no such file");
    }
    Columns<R> columns = Columns.of(type);
    try {
      List<R> rows = new ArrayList<>();
      for (Map<?, ?> values : new CarpetReader<>(file.toFile(), Map.class).toList()) {
        rows.add(row(file, columns, values));
      }
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

  private static <R extends Record> R row(Path file, Columns<R> columns, Map<?, ?> values) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Column column : columns.all()) {
      @Nullable Object value = values.get(column.name());
      if (value == null && !column.nullable()) {
        throw UserException.in(
            file, "has no column '" + column.name() + "'; is it a table of Dipper's?");
      }
      row.add(value);
    }
    return columns.row(row);
  }
}
