package io.dipper.tracegen.format.quant;

/**
 * The 6-bit scales and minimums of Q4_K and Q5_K: eight of each in twelve bytes. The first four of
 * each are the low six bits of bytes 0–3 and 4–7; of the last four, the low four bits share bytes
 * 8–11 and the high two bits are what bytes 0–7 have left.
 */
final class SixBitFactors {
  private SixBitFactors() {}

  static int scale(byte[] in, int factors, int group) {
    return group < 4
        ? in[factors + group] & 63
        : (in[factors + group + 4] & 15) | (((in[factors + group - 4] >> 6) & 3) << 4);
  }

  static int minimum(byte[] in, int factors, int group) {
    return group < 4
        ? in[factors + group + 4] & 63
        : ((in[factors + group + 4] >> 4) & 15) | (((in[factors + group] >> 6) & 3) << 4);
  }

  /** Writes both factors of a group, where all bits are yet 0. */
  static void put(byte[] out, int factors, int group, int scale, int minimum) {
    if (group < 4) {
      out[factors + group] |= (byte) scale;
      out[factors + group + 4] |= (byte) minimum;
    } else {
      out[factors + group + 4] |= (byte) (scale & 15 | (minimum & 15) << 4);
      out[factors + group - 4] |= (byte) (scale >> 4 << 6);
      out[factors + group] |= (byte) (minimum >> 4 << 6);
    }
  }
}
