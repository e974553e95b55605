package io.dipper.tracegen.format;

/** A weight matrix (rows = outputs) or vector (one row) in its stored type, decoded on demand. */
public interface WeightTensor {
  /** The name in the file. */
  String name();

  /** The stored type, e.g. Q4_1, F16, BF16. */
  String type();

  int rows();

  int columns();

  /** The bytes that the tensor takes in the file. */
  long storedBytes();

  /**
   * Decodes whole rows to fp32, row-major. Safe for use by many threads.
   *
   * @param firstRow the first row
   * @param rows how many
   * @param out receives {@code rows * columns()} values from {@code offset}
   */
  void decode(int firstRow, int rows, float[] out, int offset);
}
