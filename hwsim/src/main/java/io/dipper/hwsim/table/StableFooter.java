package io.dipper.hwsim.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Puts the footer of a Parquet file into one order. The writer lists the encodings of a column in
 * the order of a hash set of enums, which is another one in every process; nothing refers to that
 * order, so it may be sorted.
 */
final class StableFooter {
  /** The footer's length as a little-endian int, and the letters PAR1. */
  private static final int TAIL = 8;

  private StableFooter() {}

  /** Copies a whole Parquet file, given as bytes. */
  static void copy(byte[] file, OutputStream out) throws IOException {
    int tail = file.length - TAIL;
    int length = ByteBuffer.wrap(file, tail, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int start = tail - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        sort(column.getMeta_data());
      }
    }
    ByteArrayOutputStream sorted = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, sorted);
    out.write(file, 0, start);
    sorted.writeTo(out);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(sorted.size()).array());
    out.write(file, tail + 4, 4);
  }

  private static void sort(ColumnMetaData column) {
    Collections.sort(column.getEncodings());
    if (column.isSetEncoding_stats()) {
      Collections.sort(column.getEncoding_stats());
    }
  }
}
