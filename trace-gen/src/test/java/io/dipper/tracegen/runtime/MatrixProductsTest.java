package io.dipper.tracegen.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dipper.tracegen.runtime.MatrixProducts.Product;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixProductsTest {
  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 700, 5", "256, 512, 64", "300, 1100, 33", "520, 30, 130"})
  void multiply_isTheSumOverColumnsForEveryTile(int rows, int outputs, int columns) {
    float[] x = values(rows * columns);
    float[] w = values(outputs * columns);
    float[] v = values(7 * columns);
    float[] bias = values(outputs);

    float[] withBias = new float[rows * outputs];
    float[] second = new float[rows * 7];
    multiply(2, x, rows, columns, w, bias, withBias, v, second);

    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < outputs; o++) {
        double sum = bias[o] + dot(x, r * columns, w, o * columns, columns);
        assertThat((double) withBias[r * outputs + o]).isCloseTo(sum, within(1e-4));
      }
      for (int o = 0; o < 7; o++) {
        double sum = dot(x, r * columns, v, o * columns, columns);
        assertThat((double) second[r * 7 + o]).isCloseTo(sum, within(1e-4));
      }
    }
  }

  @Test
  void multiply_isTheSameToTheBitForAnyNumberOfThreads() {
    int rows = 301;
    int columns = 200;
    int outputs = 777;
    float[] x = values(rows * columns);
    float[] w = values(outputs * columns);
    float[] v = values(7 * columns);
    float[] bias = values(outputs);
    float[] one = new float[rows * outputs];
    float[] four = new float[rows * outputs];

    multiply(1, x, rows, columns, w, bias, one, v, new float[rows * 7]);
    multiply(4, x, rows, columns, w, bias, four, v, new float[rows * 7]);

    assertThat(four).isEqualTo(one);
  }

  private static void multiply(
      int threads,
      float[] x,
      int rows,
      int columns,
      float[] w,
      float[] bias,
      float[] out,
      float[] v,
      float[] second) {
    try (Workers workers = new Workers(threads);
        MatrixProducts products = new MatrixProducts(workers);
        NativeMatrix first = matrix(w, columns);
        NativeMatrix other = matrix(v, columns)) {
      products.multiply(
          x,
          rows,
          new Product(new Linear(first, bias), out),
          new Product(new Linear(other, null), second));
    }
  }

  private static NativeMatrix matrix(float[] values, int columns) {
    NativeMatrix matrix = new NativeMatrix(values.length / columns, columns);
    matrix.write(0, values, 0, values.length);
    return matrix;
  }

  private static double dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  private float[] values(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
