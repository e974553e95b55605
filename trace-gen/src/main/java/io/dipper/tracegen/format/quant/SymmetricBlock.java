package io.dipper.tracegen.format.quant;

/**
 * A block of 256 weights in groups of 16, {@code w ≈ scale · factor · level} with factors from −32
 * to 31 and levels from −4 to 3. A group's scale is the best of some by squared error: the weight
 * of the largest magnitude becomes a level about −4, and the levels say which scale fits best.
 *
 * @param scale fp16
 * @param factors of each group
 * @param levels of each weight
 */
record SymmetricBlock(float scale, int[] factors, int[] levels) {
  private static final int GROUPS = 16;
  private static final int GROUP = 16;
  private static final int RANGES = 19;

  /** Fits a block. */
  static SymmetricBlock of(float[] in, int from) {
    float[] scales = new float[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      scales[g] = groupScale(in, from + g * GROUP);
    }
    float scale = LittleEndian.rounded16(BlockFormat.largest(scales, 0, GROUPS) / -32);
    int[] factors = new int[GROUPS];
    int[] levels = new int[GROUPS * GROUP];
    for (int g = 0; g < GROUPS; g++) {
      factors[g] = scale == 0 ? 0 : Math.max(-32, Math.min(31, Math.round(scales[g] / scale)));
      for (int i = 0; i < GROUP; i++) {
        levels[g * GROUP + i] = level(in[from + g * GROUP + i], scale * factors[g]);
      }
    }
    return new SymmetricBlock(scale, factors, levels);
  }

  private static int level(float weight, float scale) {
    return scale == 0 ? 0 : Math.max(-4, Math.min(3, Math.round(weight / scale)));
  }

  private static float groupScale(float[] in, int from) {
    float largest = BlockFormat.largest(in, from, GROUP);
    float best = 0;
    double error = Double.MAX_VALUE;
    for (int r = 0; r < RANGES; r++) {
      float scale = fitted(in, from, largest / (-4f - 0.1f * (r - RANGES / 2)));
      double other = error(in, from, scale);
      if (other < error) {
        error = other;
        best = scale;
      }
    }
    return best;
  }

  /** The least-squares scale of the levels that a scale gives. */
  private static float fitted(float[] in, int from, float scale) {
    double products = 0;
    double squares = 0;
    for (int i = from; i < from + GROUP; i++) {
      int level = level(in[i], scale);
      products += level * in[i];
      squares += level * level;
    }
    return squares == 0 ? 0 : (float) (products / squares);
  }

  private static double error(float[] in, int from, float scale) {
    double sum = 0;
    for (int i = from; i < from + GROUP; i++) {
      double off = scale * level(in[i], scale) - in[i];
      sum += off * off;
    }
    return sum;
  }
}
