package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** 32 weights: fp16 scale d, 16 bytes of 4-bit indices into sixteen values v; w = d·v. */
final class IQ4_NL extends BlockFormat {
  IQ4_NL() {
    super(WeightType.IQ4_NL);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    NonLinear4.decode(in, from + 2, scale, out, to);
  }
}
