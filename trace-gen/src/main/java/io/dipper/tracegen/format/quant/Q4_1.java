package io.dipper.tracegen.format.quant;

/**
 * 32 weights: fp16 scale d, fp16 minimum m, 16 bytes of 4-bit q (low nibbles first); w = d·q + m.
 */
final class Q4_1 implements BlockFormat {
  private static final int BYTES = 20;

  @Override
  public int weightsPerBlock() {
    return 32;
  }

  @Override
  public int bytesPerBlock() {
    return BYTES;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int block = 0; block < count; block++) {
      int from = offset + block * BYTES;
      int to = outOffset + block * 32;
      float scale = LittleEndian.float16(in, from);
      float minimum = LittleEndian.float16(in, from + 2);
      for (int i = 0; i < 16; i++) {
        int pair = in[from + 4 + i];
        out[to + i] = scale * (pair & 15) + minimum;
        out[to + 16 + i] = scale * ((pair >> 4) & 15) + minimum;
      }
    }
  }
}
