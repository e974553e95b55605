package io.dipper.tracegen.format.quant;

/**
 * 256 weights in 16 groups: 128 bytes of the lower four bits, 64 bytes of the upper two, 16 signed
 * group scales s, fp16 d; w = d·s·(q − 32).
 */
final class Q6_K implements BlockFormat {
  private static final int BYTES = 210;

  @Override
  public int weightsPerBlock() {
    return 256;
  }

  @Override
  public int bytesPerBlock() {
    return BYTES;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int block = 0; block < count; block++) {
      int from = offset + block * BYTES;
      float scale = LittleEndian.float16(in, from + 208);
      for (int group = 0; group < 16; group++) {
        int half = group >> 3;
        int run = (group >> 1) & 3;
        int column = 16 * (group & 1);
        group(
            in,
            from + 64 * half + 32 * (run & 1) + column,
            4 * (run >> 1),
            from + 128 + 32 * half + column,
            2 * run,
            scale * in[from + 192 + group],
            out,
            outOffset + block * 256 + group * 16);
      }
    }
  }

  private static void group(
      byte[] in,
      int lows,
      int lowShift,
      int highs,
      int highShift,
      float scale,
      float[] out,
      int to) {
    for (int i = 0; i < 16; i++) {
      int q = ((in[lows + i] >> lowShift) & 15) | (((in[highs + i] >> highShift) & 3) << 4);
      out[to + i] = scale * (q - 32);
    }
  }
}
