package io.dipper.tracegen.format;

import java.util.List;

/** Matrices of one shape as one tensor, the rows of each behind those of the one before. */
public final class StackedTensor implements WeightTensor {
  private final String name;
  private final List<WeightTensor> parts;
  private final int rowsOfPart;

  /**
   * A stack.
   *
   * @param name of the whole
   * @param parts one or more, of equal shape
   */
  public StackedTensor(String name, List<WeightTensor> parts) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.rowsOfPart = parts.get(0).rows();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return parts.get(0).type();
  }

  @Override
  public int rows() {
    return Math.multiplyExact(rowsOfPart, parts.size());
  }

  @Override
  public int columns() {
    return parts.get(0).columns();
  }

  @Override
  public long storedBytes() {
    return parts.stream().mapToLong(WeightTensor::storedBytes).sum();
  }

  @Override
  public void decode(int firstRow, int rows, float[] out, int offset) {
    int row = firstRow;
    int end = firstRow + rows;
    while (row < end) {
      int first = row % rowsOfPart;
      int count = Math.min(rowsOfPart - first, end - row);
      int to = offset + (row - firstRow) * columns();
      parts.get(row / rowsOfPart).decode(first, count, out, to);
      row += count;
    }
  }
}
