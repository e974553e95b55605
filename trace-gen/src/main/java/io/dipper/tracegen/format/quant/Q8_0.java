package io.dipper.tracegen.format.quant;

/** 32 weights: fp16 scale d, 32 signed bytes q; w = d·q. */
final class Q8_0 implements BlockFormat {
  private static final int BYTES = 34;

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
      for (int i = 0; i < 32; i++) {
        out[to + i] = scale * in[from + 2 + i];
      }
    }
  }
}
