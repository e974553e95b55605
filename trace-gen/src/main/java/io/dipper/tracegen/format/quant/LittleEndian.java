package io.dipper.tracegen.format.quant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers inside byte arrays. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final float TWO_TO_112 = 0x1p112f;

  private LittleEndian() {}

  static int uint16(byte[] in, int offset) {
    return (short) SHORT.get(in, offset) & 0xffff;
  }

  static int int32(byte[] in, int offset) {
    return (int) INT.get(in, offset);
  }

  static float float32(byte[] in, int offset) {
    return Float.intBitsToFloat(int32(in, offset));
  }

  static float float16(byte[] in, int offset) {
    return float16(uint16(in, offset));
  }

  /**
   * The value of IEEE binary16 bits. Moving exponent and fraction into their fp32 places leaves the
   * exponent bias 112 too small, for subnormals too, so one exact multiplication mends both.
   */
  static float float16(int bits) {
    int sign = (bits & 0x8000) << 16;
    int rest = (bits & 0x7fff) << 13;
    if (rest >= 0x0f800000) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (rest & 0x007fe000));
    }
    float magnitude = Float.intBitsToFloat(rest) * TWO_TO_112;
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
  }
}
