package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 256 weights in 8 groups: fp16 d, 8 × 2 high and 8 × 4 low bits of group scales s, 128 bytes of
 * 4-bit indices into sixteen values v; w = d·(s − 32)·v.
 */
final class IQ4_XS extends BlockFormat {
  IQ4_XS() {
    super(WeightType.IQ4_XS);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    int highs = LittleEndian.uint16(in, from + 2);
    for (int group = 0; group < 8; group++) {
      int low = (in[from + 4 + (group >> 1)] >> (4 * (group & 1))) & 15;
      int factor = low | (((highs >> (2 * group)) & 3) << 4);
      NonLinear4.decode(in, from + 8 + 16 * group, scale * (factor - 32), out, to + group * 32);
    }
  }
}
