package io.dipper.tracegen.format.quant;

/**
 * 256 weights in 8 groups: fp16 d, fp16 e, 12 bytes of 6-bit scales s and minimums m, 128 bytes of
 * 4-bit q; w = d·s·q − e·m. Two groups share 32 bytes: low nibbles, then high.
 */
final class Q4_K implements BlockFormat {
  private static final int BYTES = 144;

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
      float scale = LittleEndian.float16(in, from);
      float minimum = LittleEndian.float16(in, from + 2);
      for (int group = 0; group < 8; group++) {
        group(
            in,
            from + 16 + 32 * (group >> 1),
            4 * (group & 1),
            scale * SixBitFactors.scale(in, from + 4, group),
            minimum * SixBitFactors.minimum(in, from + 4, group),
            out,
            outOffset + block * 256 + group * 32);
      }
    }
  }

  private static void group(
      byte[] in, int quants, int shift, float scale, float minimum, float[] out, int to) {
    for (int i = 0; i < 32; i++) {
      out[to + i] = scale * ((in[quants + i] >> shift) & 15) - minimum;
    }
  }
}
