package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** 32 weights: fp16 scale d, 32 signed bytes q; w = d·q. */
final class Q8_0 extends BlockFormat {
  Q8_0() {
    super(WeightType.Q8_0);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    for (int i = 0; i < 32; i++) {
      out[to + i] = scale * in[from + 2 + i];
    }
  }
}
