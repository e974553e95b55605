package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** 32 weights: fp16 scale d, 32 signed bytes q; w = d·q. */
final class Q8_0 extends BlockFormat implements BlockEncoder {
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

  /** Rounds to the nearest 127th of the largest magnitude, halves away from zero, as ggml does. */
  @Override
  public void encodeBlock(float[] in, int from, byte[] out, int to) {
    float largest = 0;
    for (int i = from; i < from + 32; i++) {
      largest = Math.max(largest, Math.abs(in[i]));
    }
    float scale = largest / 127;
    float inverse = scale == 0 ? 0 : 1 / scale;
    LittleEndian.putFloat16(out, to, scale);
    for (int i = 0; i < 32; i++) {
      float level = in[from + i] * inverse;
      out[to + 2 + i] = (byte) Math.copySign(Math.floor(Math.abs(level) + 0.5), level);
    }
  }
}
