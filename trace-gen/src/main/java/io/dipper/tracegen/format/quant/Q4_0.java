package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** 32 weights: fp16 scale d, 16 bytes of 4-bit q (low nibbles first); w = d·(q − 8). */
final class Q4_0 extends BlockFormat {
  Q4_0() {
    super(WeightType.Q4_0);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    for (int i = 0; i < 16; i++) {
      int pair = in[from + 2 + i];
      out[to + i] = scale * ((pair & 15) - 8);
      out[to + 16 + i] = scale * (((pair >> 4) & 15) - 8);
    }
  }
}
