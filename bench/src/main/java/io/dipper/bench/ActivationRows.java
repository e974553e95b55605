package io.dipper.bench;

import io.dipper.proto.ModelShape;
import java.util.SplittableRandom;

/** Made-up activations at the shape of Llama-3-8B: bell-shaped around 0, as fp16, from a seed. */
final class ActivationRows {
  static final ModelShape LLAMA_3_8B =
      ModelShape.newBuilder()
          .setName("llama-3-8B")
          .setHiddenSize(4096)
          .setIntermediateSize(14336)
          .setLayers(32)
          .setHeads(32)
          .setKvHeads(8)
          .setHeadDim(128)
          .setVocabularySize(128256)
          .build();

  private ActivationRows() {}

  /**
   * Rows of fp16 bits in which a unit tends to stay large or small from token to token, so that
   * caches have something to keep.
   */
  static short[][] make(int rows, int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scale = random.doubles(units).map(u -> Math.exp(2 * (u - 0.5))).toArray();
    short[][] bits = new short[rows][units];
    for (short[] row : bits) {
      for (int i = 0; i < units; i++) {
        double bell = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
        row[i] = half((float) (bell * scale[i]));
      }
    }
    return bits;
  }

  /** The nearest binary16 below a magnitude; good enough for made-up numbers. */
  private static short half(float value) {
    int bits = Float.floatToRawIntBits(value * 0x1p-112f);
    return (short) ((bits >>> 16 & 0x8000) | (bits & 0x7fffffff) >>> 13);
  }
}
