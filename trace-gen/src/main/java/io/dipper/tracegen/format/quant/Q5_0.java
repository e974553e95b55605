package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 32 weights: fp16 scale d, 32 fifth bits, 16 bytes of the lower four bits (low nibbles first); w =
 * d·(q − 16).
 */
final class Q5_0 extends BlockFormat {
  Q5_0() {
    super(WeightType.Q5_0);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    int fifth = LittleEndian.int32(in, from + 2);
    for (int i = 0; i < 16; i++) {
      int pair = in[from + 6 + i];
      int low = (pair & 15) | (((fifth >>> i) & 1) << 4);
      int high = ((pair >> 4) & 15) | (((fifth >>> (i + 16)) & 1) << 4);
      out[to + i] = scale * (low - 16);
      out[to + 16 + i] = scale * (high - 16);
    }
  }
}
