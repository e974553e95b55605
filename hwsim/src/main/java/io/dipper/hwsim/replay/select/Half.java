package io.dipper.hwsim.replay.select;

/**
 * IEEE binary16, the numbers of a trace, widened to float32 exactly. There are only 2^16 of them: a
 * table is the fastest way, because subnormals slow arithmetic down.
 */
public final class Half {
  private static final float[] VALUES = values();

  private Half() {}

  /** The value of finite binary16 bits. */
  public static float toFloat(short bits) {
    return VALUES[bits & 0xffff];
  }

  /** The values of finite binary16 bits, as many as {@code bits} has. */
  public static void toFloats(short[] bits, float[] values) {
    for (int i = 0; i < bits.length; i++) {
      values[i] = VALUES[bits[i] & 0xffff];
    }
  }

  /** Moves exponent and fraction to their places and the exponent's bias from 15 to 127. */
  private static float[] values() {
    float[] values = new float[1 << 16];
    for (int bits = 0; bits < values.length; bits++) {
      float magnitude = Float.intBitsToFloat((bits & 0x7fff) << 13) * 0x1p112f;
      values[bits] = (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
    return values;
  }
}
