package io.dipper.tracegen.format.quant;

/** How fp32 weights become one stored block. Stateless, so safe for many threads. */
@FunctionalInterface
public interface BlockEncoder {
  /**
   * Encodes one block.
   *
   * @param from the place of its first weight
   * @param to the place of its first byte, where all bytes are yet 0
   */
  void encodeBlock(float[] in, int from, byte[] out, int to);
}
