package io.dipper.trace;

import java.util.Arrays;

/** A site column read in place from the mapped record batches. */
final class MappedColumn implements SiteColumn {
  private final TraceBatch[] batches;
  private final int[] firstRows;
  private final int siteColumn;
  private final int width;
  private final int rows;

  /**
   * @param firstRows of each batch
   */
  MappedColumn(TraceBatch[] batches, int[] firstRows, int siteColumn, int width, int rows) {
    this.batches = batches;
    this.firstRows = firstRows;
    this.siteColumn = siteColumn;
    this.width = width;
    this.rows = rows;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void read(int row, short[] out) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows);
    }
    int found = Arrays.binarySearch(firstRows, row);
    TraceBatch batch = batches[found >= 0 ? found : -found - 2];
    batch.read(siteColumn, width, row - batch.firstRow(), out);
  }
}
