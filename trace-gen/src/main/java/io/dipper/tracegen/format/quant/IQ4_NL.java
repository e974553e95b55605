package io.dipper.tracegen.format.quant;

/** 32 weights: fp16 scale d, 16 bytes of 4-bit indices into sixteen values v; w = d·v. */
final class IQ4_NL implements BlockFormat {
  private static final int BYTES = 18;

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
      float scale = LittleEndian.float16(in, from);
      NonLinear4.decode(in, from + 2, scale, out, outOffset + block * 32);
    }
  }
}
