package io.dipper.trace;

/**
 * One column of a trace: the values of one site of one layer, a row per token. Safe for use by many
 * threads.
 */
public interface SiteColumn {
  /** The number of values in a row. */
  int width();

  /** The number of rows: the tokens of the trace. */
  int rows();

  /**
   * Copies a row's raw IEEE binary16 bits into {@code out[0 .. width)}; values that are stored
   * wider are rounded.
   */
  void read(int row, short[] out);

  /** Copies a row's values into {@code out[0 .. width)}, as exactly as they are stored. */
  default void read(int row, float[] out) {
    short[] halves = new short[width()];
    read(row, halves);
    Fp16.decode(halves, 0, out, 0, halves.length);
  }
}
