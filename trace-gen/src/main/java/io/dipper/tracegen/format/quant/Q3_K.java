package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 256 weights in 16 groups: 32 bytes of third bits, 64 bytes of the lower two bits, 12 bytes of
 * 6-bit group scales s, fp16 d; w = d·(s − 32)·(q − 4). Group scales keep their low four bits in
 * the first eight bytes and their high two bits in the last four.
 */
final class Q3_K extends BlockFormat implements BlockEncoder {
  Q3_K() {
    super(WeightType.Q3_K);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from + 108);
    for (int group = 0; group < 16; group++) {
      int thirds = from + 16 * (group & 1);
      int bit = group >> 1;
      int quants = thirds + 32 + 32 * (bit >> 2);
      int shift = 2 * (bit & 3);
      float factor = scale * (groupScale(in, from + 96, group) - 32);
      for (int i = 0; i < 16; i++) {
        int q = ((in[quants + i] >> shift) & 3) | (((in[thirds + i] >> bit) & 1) << 2);
        out[to + 16 * group + i] = factor * (q - 4);
      }
    }
  }

  private static int groupScale(byte[] in, int scales, int group) {
    int low = (in[scales + (group & 7)] >> (group < 8 ? 0 : 4)) & 15;
    int high = (in[scales + 8 + (group & 3)] >> (2 * (group >> 2))) & 3;
    return low | (high << 4);
  }

  @Override
  public void encodeBlock(float[] in, int from, byte[] out, int to) {
    SymmetricBlock block = SymmetricBlock.of(in, from);
    LittleEndian.putFloat16(out, to + 108, block.scale());
    for (int group = 0; group < 16; group++) {
      int factor = block.factors()[group] + 32;
      out[to + 96 + (group & 7)] |= (byte) ((factor & 15) << (group < 8 ? 0 : 4));
      out[to + 104 + (group & 3)] |= (byte) (factor >> 4 << 2 * (group >> 2));
      int thirds = to + 16 * (group & 1);
      int bit = group >> 1;
      int quants = thirds + 32 + 32 * (bit >> 2);
      for (int i = 0; i < 16; i++) {
        int level = block.levels()[16 * group + i] + 4;
        out[quants + i] |= (byte) ((level & 3) << 2 * (bit & 3));
        out[thirds + i] |= (byte) (level >> 2 << bit);
      }
    }
  }
}
