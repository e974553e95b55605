package io.dipper.trace;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** Finds values that are no finite numbers among the bytes of a column. */
final class FiniteValues {
  private static final long EXPONENTS = 0x7C00_7C00_7C00_7C00L;
  private static final long ONE_MORE = 0x0400_0400_0400_0400L;
  private static final int CHUNK = 1024;
  private static final long SIGNS = 0x8000_8000_8000_8000L;

  private FiniteValues() {}

  /** The index of the first value that is a NaN or an infinity, or -1. */
  static int firstNotFinite(Site.Element element, ByteBuffer bytes, int offset, int values) {
    return switch (element) {
      case FP16 -> firstNotFinite(bytes, offset, values);
      case FP32 -> firstFloatNotFinite(bytes, offset, values);
      case INT32 -> -1;
    };
  }

  private static int firstFloatNotFinite(ByteBuffer bytes, int offset, int values) {
    for (int i = 0; i < values; i++) {
      if (!Float.isFinite(bytes.getFloat(offset + Float.BYTES * i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The first NaN or infinity among fp16 values, or -1. Four values at a time: adding one to an
   * exponent of all ones, and to no other, carries into the sign bit's place. Copied to an array in
   * chunks, as loops over arrays compile to vector instructions.
   */
  static int firstNotFinite(ByteBuffer bytes, int offset, int values) {
    LongBuffer fours = bytes.slice(offset, Short.BYTES * (values & ~3)).asLongBuffer();
    long[] chunk = new long[CHUNK];
    while (fours.hasRemaining()) {
      int first = 4 * fours.position();
      int n = Math.min(CHUNK, fours.remaining());
      fours.get(chunk, 0, n);
      if (anyNotFinite(chunk, n)) {
        return firstNotFiniteFrom(bytes, offset, first, values);
      }
    }
    return firstNotFiniteFrom(bytes, offset, values & ~3, values);
  }

  private static boolean anyNotFinite(long[] fours, int n) {
    long carries = 0;
    for (int i = 0; i < n; i++) {
      carries |= (fours[i] & EXPONENTS) + ONE_MORE;
    }
    return (carries & SIGNS) != 0;
  }

  private static int firstNotFiniteFrom(ByteBuffer bytes, int offset, int from, int values) {
    for (int i = from; i < values; i++) {
      if ((bytes.getShort(offset + Short.BYTES * i) & 0x7C00) == 0x7C00) {
        return i;
      }
    }
    return -1;
  }
}
