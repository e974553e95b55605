package io.dipper.tracegen.format.quant;

import io.dipper.trace.Fp16;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers inside byte arrays. */
final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
    return Fp16.decode((short) SHORT.get(in, offset));
  }

  static void putFloat16(byte[] out, int offset, float value) {
    SHORT.set(out, offset, Fp16.encode(value));
  }

  /** The nearest fp16 number. */
  static float rounded16(float value) {
    return Fp16.decode(Fp16.encode(value));
  }
}
