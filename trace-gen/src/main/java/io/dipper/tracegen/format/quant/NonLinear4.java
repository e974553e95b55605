package io.dipper.tracegen.format.quant;

/** The sixteen values of the IQ4 types, denser around zero as weights are. */
final class NonLinear4 {
  private static final float[] VALUES = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private NonLinear4() {}

  /** Decodes 32 weights: the low nibbles of 16 bytes, then the high ones. */
  static void decode(byte[] in, int quants, float scale, float[] out, int to) {
    for (int i = 0; i < 16; i++) {
      int pair = in[quants + i];
      out[to + i] = scale * VALUES[pair & 15];
      out[to + 16 + i] = scale * VALUES[(pair >> 4) & 15];
    }
  }
}
