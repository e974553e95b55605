package io.dipper.hwsim.replay.select;

import io.dipper.trace.Fp16;
import io.dipper.trace.SiteColumn;

/**
 * One token's activations at a site as they were recorded: fp16. Their magnitudes are keys of 15
 * bits, the raw bits without the sign, which order as the magnitudes do; most selections need
 * nothing else, so the float32 values are decoded when they are first asked for. Not safe for use
 * by many threads.
 */
public final class RecordedRow implements SignalRow {
  /** The bits of a key: all but the sign. */
  public static final int KEY_MASK = 0x7fff;

  private final short[] bits;
  private final short[] keys;
  private final KeyHistogram histogram = new KeyHistogram();
  private float[] values = {};
  private boolean decoded;
  private boolean counted;

  /**
   * @param width the number N of units
   */
  public RecordedRow(int width) {
    this.bits = new short[width];
    this.keys = new short[width];
  }

  /** Takes in a row of a column of this width. */
  public void read(SiteColumn column, int row) {
    column.read(row, bits);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (short) (bits[i] & KEY_MASK);
    }
    decoded = false;
    counted = false;
  }

  /** The magnitudes as keys, from 0 to 2^15 - 1; not to be changed. */
  public short[] keys() {
    return keys;
  }

  /** The histogram of the keys, which all selections of this row share. */
  KeyHistogram histogram() {
    if (!counted) {
      histogram.count(keys);
      counted = true;
    }
    return histogram;
  }

  @Override
  public float[] values() {
    if (!decoded) {
      values = values.length == bits.length ? values : new float[bits.length];
      Fp16.decode(bits, 0, values, 0, bits.length);
      decoded = true;
    }
    return values;
  }
}
