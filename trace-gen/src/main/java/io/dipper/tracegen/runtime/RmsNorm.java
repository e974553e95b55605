package io.dipper.tracegen.runtime;

import io.dipper.tracegen.format.Norm;

/**
 * Root-mean-square normalisation: {@code x / sqrt(mean(x²) + ε) * w} (Zhang and Sennrich, arXiv
 * 1910.07467).
 *
 * @param weight one value per entry, any offset already added
 */
record RmsNorm(float[] weight, float epsilon) {
  /** The norm of stored weights, in a model's arithmetic. */
  static RmsNorm of(float[] stored, Norm norm) {
    float[] weight = stored.clone();
    for (int i = 0; i < weight.length; i++) {
      weight[i] += norm.offset();
    }
    return new RmsNorm(weight, norm.epsilon());
  }

  /** Normalises one vector; {@code in} and {@code out} may be the same. */
  void apply(float[] in, int inOffset, float[] out, int outOffset) {
    int n = weight.length;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      float v = in[inOffset + i];
      squares += (double) v * v;
    }
    float scale = (float) (1 / Math.sqrt(squares / n + epsilon));
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = in[inOffset + i] * scale * weight[i];
    }
  }

  /** Normalises rows of the weight's width. */
  void applyRows(Workers workers, float[] in, int inOffset, float[] out, int rows) {
    int n = weight.length;
    workers.overRows(
        rows,
        (first, end) -> {
          for (int r = first; r < end; r++) {
            apply(in, inOffset + r * n, out, r * n);
          }
        });
  }
}
