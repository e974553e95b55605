package io.dipper.tracegen.learn;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrices that are needed for a while and released together. They lie outside the heap, whose
 * collector would not hurry for them. Not safe for use by many threads.
 */
final class Scratch implements AutoCloseable {
  private final List<INDArray> held = new ArrayList<>();

  /** Takes charge of a matrix that is no view of another, and returns it. */
  INDArray of(INDArray matrix) {
    held.add(matrix);
    return matrix;
  }

  /** Values from the heap as a matrix, row-major, that can be released. */
  static INDArray matrix(float[] values, int columns, DataType type) {
    INDArray matrix = Nd4j.create(values, new long[] {values.length / columns, columns}, 'c');
    if (matrix.dataType() == type) {
      return matrix;
    }
    INDArray cast = matrix.castTo(type);
    matrix.close();
    return cast;
  }

  /** Releases one matrix; one that was released stays so. */
  static void release(INDArray matrix) {
    if (matrix.closeable()) {
      matrix.close();
    }
  }

  @Override
  public void close() {
    held.forEach(Scratch::release);
    held.clear();
  }
}
