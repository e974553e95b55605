package io.dipper.hwsim.replay.policy;

import io.dipper.hwsim.replay.select.RecordedRow;
import io.dipper.trace.SiteColumn;

/** A recorded column of one row. */
public record OneRow(short[] bits) implements SiteColumn {
  @Override
  public int width() {
    return bits.length;
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public void read(int row, short[] out) {
    System.arraycopy(bits, 0, out, 0, bits.length);
  }

  /** The row as selections see it. */
  public static RecordedRow of(short[] bits) {
    RecordedRow row = new RecordedRow(bits.length);
    row.read(new OneRow(bits), 0);
    return row;
  }
}
