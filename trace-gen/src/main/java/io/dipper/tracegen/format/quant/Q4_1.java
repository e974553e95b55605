package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 32 weights: fp16 scale d, fp16 minimum m, 16 bytes of 4-bit q (low nibbles first); w = d·q + m.
 */
final class Q4_1 extends BlockFormat {
  Q4_1() {
    super(WeightType.Q4_1);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    float minimum = LittleEndian.float16(in, from + 2);
    for (int i = 0; i < 16; i++) {
      int pair = in[from + 4 + i];
      out[to + i] = scale * (pair & 15) + minimum;
      out[to + 16 + i] = scale * ((pair >> 4) & 15) + minimum;
    }
  }
}
