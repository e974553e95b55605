package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** bfloat16: the upper half of a binary32. */
final class BF16 implements WeightFormat {
  @Override
  public WeightType type() {
    return WeightType.BF16;
  }

  @Override
  public void decode(byte[] in, int offset, int count, float[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = Float.intBitsToFloat(LittleEndian.uint16(in, offset + 2 * i) << 16);
    }
  }
}
