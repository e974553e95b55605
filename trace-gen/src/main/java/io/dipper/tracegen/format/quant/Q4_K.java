package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 256 weights in 8 groups: fp16 d, fp16 e, 12 bytes of 6-bit scales s and minimums m, 128 bytes of
 * 4-bit q; w = d·s·q − e·m. Two groups share 32 bytes: low nibbles, then high.
 */
final class Q4_K extends BlockFormat implements BlockEncoder {
  Q4_K() {
    super(WeightType.Q4_K);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from);
    float minimum = LittleEndian.float16(in, from + 2);
    for (int group = 0; group < 8; group++) {
      group(
          in,
          from + 16 + 32 * (group >> 1),
          4 * (group & 1),
          scale * SixBitFactors.scale(in, from + 4, group),
          minimum * SixBitFactors.minimum(in, from + 4, group),
          out,
          to + group * 32);
    }
  }

  private static void group(
      byte[] in, int quants, int shift, float scale, float minimum, float[] out, int to) {
    for (int i = 0; i < 32; i++) {
      out[to + i] = scale * ((in[quants + i] >> shift) & 15) - minimum;
    }
  }

  @Override
  public void encodeBlock(float[] in, int from, byte[] out, int to) {
    AffineBlock block = AffineBlock.of(in, from, 32, 15, 63);
    LittleEndian.putFloat16(out, to, block.scale());
    LittleEndian.putFloat16(out, to + 2, block.offset());
    for (int group = 0; group < 8; group++) {
      SixBitFactors.put(out, to + 4, group, block.scales()[group], block.offsets()[group]);
      for (int i = 0; i < 32; i++) {
        int level = block.levels()[32 * group + i];
        out[to + 16 + 32 * (group >> 1) + i] |= (byte) (level << 4 * (group & 1));
      }
    }
  }
}
