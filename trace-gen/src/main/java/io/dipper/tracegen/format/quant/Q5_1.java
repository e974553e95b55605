package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 32 weights: fp16 scale d, fp16 minimum m, 32 fifth bits, 16 bytes of the lower four bits (low
 * nibbles first); w = d·q + m.
 */
final class Q5_1 extends BlockFormat {
  Q5_1() {
    super(WeightType.Q5_1);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    float minimum = LittleEndian.float16(in, from + 2);
    int fifth = LittleEndian.int32(in, from + 4);
    for (int i = 0; i < 16; i++) {
      int pair = in[from + 8 + i];
      int low = (pair & 15) | (((fifth >>> i) & 1) << 4);
      int high = ((pair >> 4) & 15) | (((fifth >>> (i + 16)) & 1) << 4);
      out[to + i] = scale * low + minimum;
      out[to + 16 + i] = scale * high + minimum;
    }
  }
}
