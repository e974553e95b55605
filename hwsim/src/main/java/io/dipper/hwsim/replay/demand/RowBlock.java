package io.dipper.hwsim.replay.demand;

import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.trace.SiteColumn;
import java.util.stream.Stream;

/** A few rows of a column, read once for everything that looks at them. */
final class RowBlock {
  /** Rows of a block: as many as stay in a core's cache together with what is made of them. */
  static final int ROWS = 16;

  private final SiteColumn column;
  private final RecordedRow[] rows;
  private int readFirst = -1;
  private int readCount;

  RowBlock(SiteColumn column) {
    this.column = column;
    this.rows =
        Stream.generate(() -> new RecordedRow(column.width()))
            .limit(ROWS)
            .toArray(RecordedRow[]::new);
  }

  /** Reads {@code count} rows from {@code first} on, unless they were the last that were read. */
  void read(int first, int count) {
    if (first == readFirst && count == readCount) {
      return;
    }
    for (int r = 0; r < count; r++) {
      rows[r].read(column, first + r);
    }
    readFirst = first;
    readCount = count;
  }

  RecordedRow row(int r) {
    return rows[r];
  }
}
