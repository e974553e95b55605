package io.dipper.trace;

import io.dipper.trace.SiteColumns.Column;
import java.util.Arrays;

/** A site column read in place from the mapped record batches. */
final class MappedColumn implements SiteColumn {
  private final TraceBatch[] batches;
  private final int[] firstRows;
  private final int siteColumn;
  private final Column column;
  private final int rows;

  /**
   * @param firstRows of each batch
   */
  MappedColumn(TraceBatch[] batches, int[] firstRows, int siteColumn, Column column, int rows) {
    this.batches = batches;
    this.firstRows = firstRows;
    this.siteColumn = siteColumn;
    this.column = column;
    this.rows = rows;
  }

  @Override
  public int width() {
    return column.width();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void read(int row, short[] out) {
    TraceBatch batch = batch(row);
    if (column.site().element() == Site.Element.FP16) {
      batch.read(siteColumn, width(), row - batch.firstRow(), out);
    } else {
      float[] values = new float[width()];
      read(row, values);
      Fp16.encode(values, 0, out, 0, values.length);
    }
  }

  @Override
  public void read(int row, float[] out) {
    TraceBatch batch = batch(row);
    int rowOfBatch = row - batch.firstRow();
    switch (column.site().element()) {
      case FP16 -> SiteColumn.super.read(row, out);
      case FP32 -> batch.read(siteColumn, column, rowOfBatch, out);
      case INT32 -> {
        int[] numbers = new int[width()];
        batch.read(siteColumn, column, rowOfBatch, numbers);
        for (int i = 0; i < numbers.length; i++) {
          out[i] = numbers[i];
        }
      }
    }
  }

  private TraceBatch batch(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows);
    }
    int found = Arrays.binarySearch(firstRows, row);
    return batches[found >= 0 ? found : -found - 2];
  }
}
