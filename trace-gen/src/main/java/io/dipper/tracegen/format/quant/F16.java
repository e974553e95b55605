package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** IEEE binary16. */
final class F16 implements WeightFormat {
  @Override
  public WeightType type() {
    return WeightType.F16;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = LittleEndian.float16(in, offset + 2 * i);
    }
  }
}
