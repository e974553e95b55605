package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/** 32 weights: fp16 scale d, 16 bytes of 4-bit q (low nibbles first); w = d·(q − 8). */
final class Q4_0 extends BlockFormat implements BlockEncoder {
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

  /** The weight of the largest magnitude becomes −8, the others the nearest level, as in ggml. */
  @Override
  public void encodeBlock(float[] in, int from, byte[] out, int to) {
    float scale = largest(in, from, 32) / -8;
    float inverse = scale == 0 ? 0 : 1 / scale;
    LittleEndian.putFloat16(out, to, scale);
    for (int i = 0; i < 16; i++) {
      int low = level(in[from + i] * inverse);
      int high = level(in[from + 16 + i] * inverse);
      out[to + 2 + i] = (byte) (low | high << 4);
    }
  }

  private static int level(float value) {
    return Math.max(0, Math.min(15, (int) (value + 8.5f)));
  }
}
