package io.dipper.hwsim.mask;

/** IEEE binary16, the numbers of a trace, widened to float32 exactly. */
public final class Half {
  /** Lifts the exponent from fp16's bias to that of fp32, subnormals included. */
  private static final float REBIAS = 0x1p112f;

  private Half() {}

  /** The value of finite binary16 bits. */
  public static float toFloat(short bits) {
    float magnitude = Float.intBitsToFloat((bits & 0x7fff) << 13) * REBIAS;
    return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | (bits & 0x8000) << 16);
  }

  /** The values of finite binary16 bits, as many as {@code bits} has. */
  public static void toFloats(short[] bits, float[] values) {
    for (int i = 0; i < bits.length; i++) {
      values[i] = toFloat(bits[i]);
    }
  }
}
