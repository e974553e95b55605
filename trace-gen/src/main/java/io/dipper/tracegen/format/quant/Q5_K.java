package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 256 weights in 8 groups: fp16 d, fp16 e, 12 bytes of 6-bit scales s and minimums m, 32 bytes of
 * fifth bits (bit g of a byte is group g's), 128 bytes of the lower four bits; w = d·s·q − e·m.
 */
final class Q5_K extends BlockFormat {
  Q5_K() {
    super(WeightType.Q5_K);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    float minimum = LittleEndian.float16(in, from + 2);
    for (int group = 0; group < 8; group++) {
      group(
          in,
          from + 16,
          group,
          scale * SixBitFactors.scale(in, from + 4, group),
          minimum * SixBitFactors.minimum(in, from + 4, group),
          out,
          to + group * 32);
    }
  }

  private static void group(
      byte[] in, int fifths, int group, float scale, float minimum, float[] out, int to) {
    int quants = fifths + 32 + 32 * (group >> 1);
    int shift = 4 * (group & 1);
    for (int i = 0; i < 32; i++) {
      int q = ((in[quants + i] >> shift) & 15) | (((in[fifths + i] >> group) & 1) << 4);
      out[to + i] = scale * q - minimum;
    }
  }
}
