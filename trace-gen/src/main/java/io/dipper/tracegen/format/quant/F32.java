package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** IEEE binary32, as it is. */
final class F32 implements WeightFormat {
  @Override
  public WeightType type() {
    return WeightType.F32;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = LittleEndian.float32(in, offset + 4 * i);
    }
  }
}
