package io.dipper.tracegen.runtime;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A row-major fp32 matrix outside the Java heap: what a matrix product reads and writes. */
final class NativeMatrix implements AutoCloseable {
  private final INDArray array;
  private final FloatPointer values;
  private final int rows;
  private final int columns;

  NativeMatrix(int rows, int columns) {
    Nd4jBackend.start();
    this.rows = rows;
    this.columns = columns;
    this.array = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, 'c');
    this.values = (FloatPointer) array.data().addressPointer();
  }

  /**
   * A matrix of one row that holds so many values: the current one, or a larger one in its place.
   */
  static NativeMatrix atLeast(@Nullable NativeMatrix current, int values) {
    if (current != null && current.columns() >= values) {
      return current;
    }
    if (current != null) {
      current.close();
    }
    return new NativeMatrix(1, values);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Its number of values. */
  long size() {
    return (long) rows * columns;
  }

  long bytes() {
    return size() * Float.BYTES;
  }

  /** Where its values lie from {@code first} on; valid until it is closed. */
  FloatPointer from(long first) {
    return new FloatPointer(values).position(first);
  }

  /** The first so many values in another shape, or some rows: a view, row-major and contiguous. */
  MatrixView view(long firstValue, int viewRows, int viewColumns) {
    return new MatrixView(this, firstValue, viewRows, viewColumns);
  }

  MatrixView viewRows(int first, int count) {
    return view((long) first * columns, count, columns);
  }

  /** Copies values from the heap, to {@code firstValue} on. */
  void write(long firstValue, float[] from, int offset, int count) {
    from(firstValue).put(from, offset, count);
  }

  /** Copies values to the heap, from {@code firstValue} on. */
  void read(long firstValue, float[] to, int offset, int count) {
    from(firstValue).get(to, offset, count);
  }

  @Override
  public void close() {
    array.close();
  }
}
