package io.dipper.tracegen.runtime;

import org.bytedeco.openblas.global.openblas;

/**
 * Some consecutive values of a {@link NativeMatrix} as a row-major matrix of their own. Its product
 * is fp32 GEMM of the BLAS that ND4J brings, called without ND4J's executor: on the small matrices
 * of heads and experts an operation of its own takes longer than the product.
 *
 * @param first which of the matrix's values is the view's first
 */
record MatrixView(NativeMatrix matrix, long first, int rows, int columns) {

  MatrixView {
    if (first < 0 || first + (long) rows * columns > matrix.size()) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " from " + first + " of " + matrix.size() + " values");
    }
  }

  /** Sets this to {@code a b}. */
  void product(MatrixView a, MatrixView b) {
    multiply(a, b, false, 0);
  }

  /** Sets this to {@code a bᵀ}. */
  void productTransposed(MatrixView a, MatrixView b) {
    multiply(a, b, true, 0);
  }

  /** Adds {@code a bᵀ} to this. */
  void addProductTransposed(MatrixView a, MatrixView b) {
    multiply(a, b, true, 1);
  }

  private void multiply(MatrixView a, MatrixView b, boolean transposed, float keep) {
    int inner = transposed ? b.columns : b.rows;
    int outputs = transposed ? b.rows : b.columns;
    if (a.columns != inner || a.rows != rows || outputs != columns) {
      throw new IllegalArgumentException(
          "%d x %d from %d x %d and %d x %d"
              .formatted(rows, columns, a.rows, a.columns, b.rows, b.columns));
    }
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        transposed ? openblas.CblasTrans : openblas.CblasNoTrans,
        rows,
        columns,
        inner,
        1,
        a.matrix.from(a.first),
        a.columns,
        b.matrix.from(b.first),
        b.columns,
        keep,
        matrix.from(first),
        columns);
  }
}
