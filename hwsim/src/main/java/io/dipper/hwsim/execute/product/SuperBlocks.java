package io.dipper.hwsim.execute.product;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the blocks of 256 weights of Q4_K and Q6_K have what, as ggml lays them out.
 *
 * <p>Q4_K: a scale and a step of minima in fp16; of eight groups of 32 weights the scales and
 * minima, six bits each, in twelve bytes; then 128 bytes, 32 for two groups, whose lower halves are
 * the first of the two. The first four scales are the lower six bits of the first four bytes, the
 * first four minima those of the next four. The last four bytes have in their lower halves the
 * lower four bits of the other scales, in the upper ones those of the other minima; what the first
 * eight bytes have left are the upper two bits.
 *
 * <p>Q6_K: 128 bytes of the lower four bits, 64 of the upper two, the scales of 16 groups of 16
 * weights as bytes, a scale in fp16; a number is its six bits less 32. Each half of the weights has
 * half of the bytes: of its 128 weights the first 64 are the lower halves of 64 bytes, the others
 * the upper ones; 32 bytes have the upper bits of 32 weights, then of 32 more, and so on.
 */
final class SuperBlocks {
  /** Weights of a block. */
  static final int WEIGHTS = 256;

  static final int Q4_FACTORS_AT = 2 * Short.BYTES;
  static final int Q4_NUMBERS_AT = Q4_FACTORS_AT + 12;
  static final int Q4_BYTES = Q4_NUMBERS_AT + WEIGHTS / 2;

  static final int Q6_UPPER_AT = WEIGHTS / 2;
  static final int Q6_SCALES_AT = Q6_UPPER_AT + WEIGHTS / 4;
  static final int Q6_SCALE_AT = Q6_SCALES_AT + WEIGHTS / 16;
  static final int Q6_BYTES = Q6_SCALE_AT + Short.BYTES;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The lower six, four and two bits of each of four bytes. */
  private static final int SIX = 0x3f3f3f3f;

  private static final int FOUR = 0x0f0f0f0f;
  private static final int TWO = 0x03030303;

  private SuperBlocks() {}

  /** The eight scales of a Q4_K block, a byte each, the first lowest. */
  static long scales(byte[] stored, int at) {
    int first = (int) INTS.get(stored, at + Q4_FACTORS_AT);
    int last = (int) INTS.get(stored, at + Q4_FACTORS_AT + 2 * Integer.BYTES);
    return eight(first, last & FOUR);
  }

  /** The eight minima of a Q4_K block, a byte each, the first lowest. */
  static long minima(byte[] stored, int at) {
    int first = (int) INTS.get(stored, at + Q4_FACTORS_AT + Integer.BYTES);
    int last = (int) INTS.get(stored, at + Q4_FACTORS_AT + 2 * Integer.BYTES);
    return eight(first, last >>> 4 & FOUR);
  }

  private static long eight(int first, int lower) {
    int others = lower | (first >>> 6 & TWO) << 4;
    return (long) others << Integer.SIZE | first & SIX;
  }

  /** One of eight such bytes, by a weight of its group. */
  static int factor(long eight, int index) {
    return (int) (eight >>> index / 32 * Byte.SIZE) & 63;
  }

  /** A number of a Q4_K block. */
  static int four(byte[] stored, int at, int index) {
    int pair = stored[at + Q4_NUMBERS_AT + index / 64 * 32 + index % 32];
    return pair >> 4 * (index / 32 % 2) & 15;
  }

  /** The scale of a weight's group in a Q6_K block. */
  static int sixScale(byte[] stored, int at, int index) {
    return stored[at + Q6_SCALES_AT + index / 16];
  }

  /** A number of a Q6_K block. */
  static int six(byte[] stored, int at, int index) {
    int half = index / 128;
    int lower = stored[at + 64 * half + index % 64] >> 4 * (index / 64 % 2) & 15;
    int upper = stored[at + Q6_UPPER_AT + 32 * half + index % 32] >> 2 * (index / 32 % 4) & 3;
    return (lower | upper << 4) - 32;
  }
}
