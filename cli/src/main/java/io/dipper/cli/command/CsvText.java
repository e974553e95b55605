package io.dipper.cli.command;

import io.dipper.hwsim.table.CsvTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows as CSV for standard output. */
final class CsvText {
  private CsvText() {}

  static <R extends Record> String of(Class<R> type, List<R> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CsvTable.write(bytes, type, rows);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
