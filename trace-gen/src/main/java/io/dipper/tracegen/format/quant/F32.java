package io.dipper.tracegen.format.quant;

/** IEEE binary32, as it is. */
final class F32 implements BlockFormat {
  @Override
  public int weightsPerBlock() {
    return 1;
  }

  @Override
  public int bytesPerBlock() {
    return 4;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = LittleEndian.float32(in, offset + 4 * i);
    }
  }
}
