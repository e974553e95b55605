package io.dipper.trace;

/**
 * One column of a trace: the fp16 values of one site of one layer, a row per token. Safe for use by
 * many threads.
 */
public interface SiteColumn {
  /** The number of values in a row. */
  int width();

  /** The number of rows: the tokens of the trace. */
  int rows();

  /** Copies a row's raw IEEE binary16 bits into {@code out[0 .. width)}. */
  void read(int row, short[] out);
}
