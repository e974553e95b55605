package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.ModelFile;

/** {@code W_down (silu(W_gate x) ⊙ W_up x)} of each layer, weight by weight in double. */
final class NaiveMlp {
  private final ModelFile file;

  NaiveMlp(ModelFile file) {
    this.file = file;
  }

  float[] of(int layer, float[] x) {
    double[] gate = multiply(WeightRows.gate(file, layer), widened(x));
    double[] up = multiply(WeightRows.up(file, layer), widened(x));
    double[] glu = new double[up.length];
    for (int i = 0; i < glu.length; i++) {
      glu[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
    }
    double[] down = multiply(WeightRows.down(file, layer), glu);
    float[] output = new float[down.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) down[i];
    }
    return output;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[] multiply(WeightRows matrix, double[] input) {
    float[] weights = new float[matrix.rows() * matrix.columns()];
    matrix.decode(0, matrix.rows(), weights);
    double[] output = new double[matrix.rows()];
    for (int row = 0; row < output.length; row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        output[row] += weights[row * matrix.columns() + column] * input[column];
      }
    }
    return output;
  }
}
