package io.dipper.tracegen.format.quant;

import io.dipper.weight.WeightType;

/**
 * 256 weights in 16 groups: 16 bytes of 4-bit scale s (low) and minimum m (high) per group, 64
 * bytes of 2-bit q, fp16 d, fp16 e; w = d·s·q − e·m. The q of each half's four 32-weight runs share
 * 32 bytes.
 */
final class Q2_K extends BlockFormat implements BlockEncoder {
  Q2_K() {
    super(WeightType.Q2_K);
  }

  @Override
  void decodeBlock(byte[] in, int from, float[] out, int to) {
    float scale = LittleEndian.float16(in, from + 80);
    float minimum = LittleEndian.float16(in, from + 82);
    for (int group = 0; group < 16; group++) {
      int factors = in[from + group];
      int half = group >> 3;
      int quants = from + 16 + 32 * half + 16 * (group & 1);
      group(
          in,
          quants,
          group & 6,
          scale * (factors & 15),
          minimum * ((factors >> 4) & 15),
          out,
          to + group * 16);
    }
  }

  private static void group(
      byte[] in, int quants, int shift, float scale, float minimum, float[] out, int to) {
    for (int i = 0; i < 16; i++) {
      out[to + i] = scale * ((in[quants + i] >> shift) & 3) - minimum;
    }
  }

  @Override
  public void encodeBlock(float[] in, int from, byte[] out, int to) {
    AffineBlock block = AffineBlock.of(in, from, 16, 3, 15);
    LittleEndian.putFloat16(out, to + 80, block.scale());
    LittleEndian.putFloat16(out, to + 82, block.offset());
    for (int group = 0; group < 16; group++) {
      out[to + group] = (byte) (block.scales()[group] | block.offsets()[group] << 4);
      int quants = to + 16 + 32 * (group >> 3) + 16 * (group & 1);
      for (int i = 0; i < 16; i++) {
        out[quants + i] |= (byte) (block.levels()[16 * group + i] << (group & 6));
      }
    }
  }
}
