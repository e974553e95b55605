package io.dipper.tracegen.testing;

import java.nio.charset.StandardCharsets;

/**
 * Weights that follow from a tensor's name, so that golden models need not be stored: the same
 * numbers as in {@code testdata/model-configs/generate_gguf.py}, to the last bit.
 */
public final class NamedWeights {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final int UPPER_BITS = 24;

  private NamedWeights() {}

  /** Evenly distributed in centre ± spread. */
  public static float[] of(String name, int count, double centre, double spread) {
    long seed = fnv1a(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double u = (double) (output(seed, i) >>> (Long.SIZE - UPPER_BITS)) / (1 << UPPER_BITS);
      values[i] = (float) (centre + (2 * u - 1) * spread);
    }
    return values;
  }

  /** Token ids from {@code first} to below {@code vocabulary}. */
  public static int[] ids(int count, int first, int vocabulary) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = first + (int) Long.remainderUnsigned(output(7, i), vocabulary - first);
    }
    return ids;
  }

  /** The i-th output of splitmix64 (Steele et al. 2014) from a seed. */
  private static long output(long seed, int i) {
    long z = seed + STEP * (i + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long fnv1a(String text) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
    }
    return hash;
  }
}
