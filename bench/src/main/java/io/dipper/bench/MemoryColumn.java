package io.dipper.bench;

import io.dipper.trace.SiteColumn;

/** Rows in memory as a recorded column, beginning at any of them and going round. */
record MemoryColumn(short[][] bits, int first) implements SiteColumn {
  @Override
  public int width() {
    return bits[0].length;
  }

  @Override
  public int rows() {
    return bits.length;
  }

  @Override
  public void read(int row, short[] out) {
    System.arraycopy(bits[(row + first) % rows()], 0, out, 0, width());
  }
}
