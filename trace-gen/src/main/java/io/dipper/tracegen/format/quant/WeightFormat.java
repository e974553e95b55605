package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** How stored weights of one type become fp32. Stateless, so safe for many threads. */
interface WeightFormat {
  WeightType type();

  /**
   * Decodes {@code count} consecutive blocks; a type that is not quantised has blocks of one
   * weight.
   *
   * @param in the stored bytes, little-endian
   * @param offset of the first block in {@code in}
   * @param out receives the weights from {@code outOffset} on, in storage order
   */
  void decode(byte[] in, int offset, int count, float[] out, int outOffset);
}
