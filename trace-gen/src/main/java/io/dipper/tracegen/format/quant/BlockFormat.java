package io.dipper.tracegen.format.quant;

/**
 * The layout of one tensor type: how large its blocks are, and how they become fp32. Stateless, so
 * safe for many threads.
 */
interface BlockFormat {
  int weightsPerBlock();

  int bytesPerBlock();

  /**
   * Decodes {@code count} consecutive blocks.
   *
   * @param in the stored bytes, little-endian
   * @param offset of the first block in {@code in}
   * @param out receives the weights from {@code outOffset} on, in storage order
   */
  void decode(byte[] in, int offset, int count, float[] out, int outOffset);
}
