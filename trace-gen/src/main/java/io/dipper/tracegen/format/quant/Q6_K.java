package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 256 weights in 16 groups: 128 bytes of the lower four bits, 64 bytes of the upper two, 16 signed
 * group scales s, fp16 d; w = d·s·(q − 32).
 */
final class Q6_K extends BlockFormat {
  Q6_K() {
    super(WeightType.Q6_K);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from + 208);
    for (int group = 0; group < 16; group++) {
      int half = group >> 3;
      int run = (group >> 1) & 3;
      int column = 16 * (group & 1);
      group(
          in,
          from + 64 * half + 32 * (run & 1) + column,
          from + 128 + 32 * half + column,
          run,
          scale * in[from + 192 + group],
          out,
          to + group * 16);
    }
  }

  private static void group(
      byte[] in, int lows, int highs, int run, float scale, float[] out, int to) {
    int lowShift = 4 * (run >> 1);
    int highShift = 2 * run;
    for (int i = 0; i < 16; i++) {
      int q = ((in[lows + i] >> lowShift) & 15) | (((in[highs + i] >> highShift) & 3) << 4);
      out[to + i] = scale * (q - 32);
    }
  }
}
