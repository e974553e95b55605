package io.dipper.trace;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * IEEE 754 binary16, as raw bits in a {@code short}: how a trace holds activations.
 *
 * <p>Rounding is to nearest, ties to even. Values beyond ±65504, infinities too, saturate to
 * ±65504; NaN stays NaN, so that a writer can refuse it.
 *
 * <p>Decoding looks values up in a table of all 65536 (256 KiB, made on first use), about 1 ns a
 * value. For arrays, the platform's own conversions (JDK 20 and later) are faster still, as they
 * compile to vector instructions: about 0.1 ns.
 */
public final class Fp16 {
  /** The largest finite magnitude. */
  public static final float MAX_VALUE = 65504f;

  /** Selects the magnitude: as integers, magnitudes order like the absolute values. */
  public static final int MAGNITUDE = 0x7FFF;

  /** The number of finite magnitudes: the bits of {@link #MAX_VALUE} plus one. */
  public static final int FINITE_MAGNITUDES = 0x7C00;

  private static final int MAX_BITS = 0x477F_E000;
  private static final int INFINITY_BITS = 0x7F80_0000;
  private static final int SMALLEST_NORMAL_BITS = 0x3880_0000;
  private static final int BIAS_DIFFERENCE = 112 << 23;

  private static final @Nullable MethodHandle NARROW =
      platform("floatToFloat16", MethodType.methodType(short.class, float.class));
  private static final @Nullable MethodHandle WIDEN =
      platform("float16ToFloat", MethodType.methodType(float.class, short.class));

  private Fp16() {}

  /** The nearest binary16. */
  public static short encode(float value) {
    int bits = Float.floatToRawIntBits(value);
    int magnitude = bits & 0x7FFF_FFFF;
    int nan = INFINITY_BITS - magnitude >> 31 & 0x7E00;
    int finite = Math.min(magnitude, MAX_BITS);
    int normal = finite - BIAS_DIFFERENCE + 0xFFF + (finite >>> 13 & 1) >> 13;
    // One ulp of 0.5f is the step of binary16's subnormals: adding it makes the processor round.
    int tiny = Float.floatToRawIntBits(Float.intBitsToFloat(finite) + 0.5f) - 0x3F00_0000;
    int isTiny = finite - SMALLEST_NORMAL_BITS >> 31;
    return (short) (bits >>> 16 & 0x8000 | nan | tiny & isTiny | normal & ~isTiny);
  }

  /** The value; exact. */
  public static float decode(short half) {
    return Table.VALUES[half & 0xFFFF];
  }

  /** The values of all bit patterns. */
  private static final class Table {
    static final float[] VALUES = values();

    private static float[] values() {
      float[] values = new float[1 << 16];
      for (int half = 0; half < values.length; half++) {
        values[half] = widen(half);
      }
      return values;
    }

    /** Moves exponent and fraction to their places, and the exponent's bias from 15 to 127. */
    private static float widen(int half) {
      int bits = (half & MAGNITUDE) << 13;
      int notFinite = bits >= FINITE_MAGNITUDES << 13 ? INFINITY_BITS : 0;
      int rebiased = Float.floatToRawIntBits(Float.intBitsToFloat(bits) * 0x1p112f);
      return Float.intBitsToFloat((half & 0x8000) << 16 | notFinite | rebiased);
    }
  }

  /**
   * Rounds {@code in[from .. from + n)} into {@code out[to .. to + n)}.
   *
   * @return how many values saturated
   */
  public static int encode(float[] in, int from, short[] out, int to, int n) {
    narrow(in, from, out, to, n);
    float largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(in[from + i]));
    }
    return largest <= MAX_VALUE ? 0 : saturate(in, from, out, to, n);
  }

  /** Rounds; what does not fit may become an infinity. */
  private static void narrow(float[] in, int from, short[] out, int to, int n) {
    MethodHandle narrow = NARROW;
    if (narrow == null) {
      for (int i = 0; i < n; i++) {
        out[to + i] = encode(in[from + i]);
      }
      return;
    }
    try {
      for (int i = 0; i < n; i++) {
        out[to + i] = (short) narrow.invokeExact(in[from + i]);
      }
    } catch (Throwable e) {
      throw new LinkageError("Float.floatToFloat16", e);
    }
  }

  private static int saturate(float[] in, int from, short[] out, int to, int n) {
    int saturated = 0;
    for (int i = 0; i < n; i++) {
      if (Math.abs(in[from + i]) > MAX_VALUE) {
        out[to + i] = encode(in[from + i]);
        saturated++;
      }
    }
    return saturated;
  }

  /** Widens {@code in[from .. from + n)} into {@code out[to .. to + n)}. */
  public static void decode(short[] in, int from, float[] out, int to, int n) {
    MethodHandle widen = WIDEN;
    if (widen == null) {
      for (int i = 0; i < n; i++) {
        out[to + i] = Table.VALUES[in[from + i] & 0xFFFF];
      }
      return;
    }
    try {
      for (int i = 0; i < n; i++) {
        out[to + i] = (float) widen.invokeExact(in[from + i]);
      }
    } catch (Throwable e) {
      throw new LinkageError("Float.float16ToFloat", e);
    }
  }

  private static @Nullable MethodHandle platform(String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findStatic(Float.class, name, type);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null; // before JDK 20
    }
  }
}
