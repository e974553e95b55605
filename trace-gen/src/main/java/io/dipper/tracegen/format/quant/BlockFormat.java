package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** A format whose weights share scales, block by block. */
abstract class BlockFormat implements WeightFormat {
  private final WeightType type;
  private final int weights;
  private final int bytes;

  BlockFormat(WeightType type) {
    this.type = type;
    this.weights = type.blockWeights();
    this.bytes = type.blockBytes();
  }

  @Override
  public final WeightType type() {
    return type;
  }

  @Override
  public final void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int block = 0; block < count; block++) {
      decodeBlock(in, offset + block * bytes, out, outOffset + block * weights);
    }
  }

  /** The weight of the largest magnitude, with its sign; of equal ones the first. */
  static float largest(float[] weights, int from, int count) {
    float largest = 0;
    for (int i = from; i < from + count; i++) {
      if (Math.abs(weights[i]) > Math.abs(largest)) {
        largest = weights[i];
      }
    }
    return largest;
  }

  /**
   * Decodes one block.
   *
   * @param from the place of its first byte
   * @param to the place of its first weight
   */
  abstract void decodeBlock(byte[] in, int from, float[] out, int to);
}
