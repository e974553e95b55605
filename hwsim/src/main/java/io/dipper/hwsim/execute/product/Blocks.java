package io.dipper.hwsim.execute.product;

import io.dipper.proto.PointConfig;
import io.dipper.trace.Fp16;
import io.dipper.weight.WeightType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The types of weights that are multiplied with, and what their blocks hold. A weight is {@code
 * scale * number + offset}, and some that follow one another, a group, have a scale and an offset
 * in common: a block, or in the K-types a part of it. Unquantised weights have the scale 1, and are
 * read eight to a block.
 */
public enum Blocks {
  F32(WeightType.F32, 8, 8),
  F16(WeightType.F16, 8, 8),
  Q8_0(WeightType.Q8_0, 32, 32),
  Q4_1(WeightType.Q4_1, 32, 32),
  Q4_0(WeightType.Q4_0, 32, 32),
  Q4_K(WeightType.Q4_K, 256, 32),
  Q6_K(WeightType.Q6_K, 256, 16);

  /** The most weights of a block. */
  public static final int WIDEST = 256;

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final WeightType type;
  private final int weights;
  private final int group;

  Blocks(WeightType type, int weights, int group) {
    this.type = type;
    this.weights = weights;
    this.group = group;
  }

  /** The blocks of a type, which must be one of those here. */
  static Blocks of(WeightType type) {
    return Arrays.stream(values()).filter(each -> each.type == type).findFirst().orElseThrow();
  }

  /**
   * Those with just so many bits per weight; of two the one that is named, else the first.
   *
   * @param named labels of types
   */
  public static Optional<Blocks> of(double bits, Collection<String> named) {
    return Arrays.stream(values())
        .filter(each -> each.type.bits() == bits)
        .min(Comparator.comparing(each -> !named.contains(each.type.label())));
  }

  /**
   * Those whose bits per weight are nearest; of two the one that is named, else the first.
   *
   * @param named labels of types
   */
  static Blocks nearest(double bits, Collection<String> named) {
    return Arrays.stream(values())
        .min(
            Comparator.comparingDouble((Blocks each) -> Math.abs(each.type.bits() - bits))
                .thenComparing(each -> !named.contains(each.type.label())))
        .orElseThrow();
  }

  /** Those of a point's weights of so many bits. */
  public static Blocks nearest(double bits, PointConfig point) {
    return nearest(bits, point.getWeightTypesList());
  }

  /** All types with their bits, for people. */
  public static String told() {
    return List.of(values()).stream()
        .map(each -> String.format(Locale.ROOT, "%s (%s)", each.type.label(), each.bitsText()))
        .collect(Collectors.joining(", "));
  }

  private String bitsText() {
    double bits = type.bits();
    return bits == Math.rint(bits) ? String.valueOf((int) bits) : String.valueOf(bits);
  }

  /** Their type. */
  public WeightType type() {
    return type;
  }

  /** Weights of a block. */
  public int weights() {
    return weights;
  }

  /** Weights that have a scale in common. */
  int group() {
    return group;
  }

  /** Bytes of a block. */
  public int bytes() {
    return (int) (weights * type.bits() / 8);
  }

  /** The fp16 number at a place. */
  static float half(byte[] stored, int at) {
    return Fp16.decode((short) SHORTS.get(stored, at));
  }

  /** The scale of a group of the block at a place. */
  float scale(byte[] stored, int at, int index) {
    return switch (this) {
      case F32, F16 -> 1;
      case Q8_0, Q4_0, Q4_1 -> half(stored, at);
      case Q4_K -> half(stored, at) * SuperBlocks.factor(SuperBlocks.scales(stored, at), index);
      case Q6_K ->
          half(stored, at + SuperBlocks.Q6_SCALE_AT) * SuperBlocks.sixScale(stored, at, index);
    };
  }

  /** What is added to each weight of a group of the block at a place. */
  float offset(byte[] stored, int at, int index) {
    return switch (this) {
      case Q4_1 -> half(stored, at + Short.BYTES);
      case Q4_K ->
          -half(stored, at + Short.BYTES)
              * SuperBlocks.factor(SuperBlocks.minima(stored, at), index);
      default -> 0;
    };
  }

  /** A number of the block at a place. */
  float number(byte[] stored, int at, int index) {
    return switch (this) {
      case F32 -> (float) FLOATS.get(stored, at + Float.BYTES * index);
      case F16 -> Fp16.decode((short) SHORTS.get(stored, at + Short.BYTES * index));
      case Q8_0 -> stored[at + Short.BYTES + index];
      case Q4_0 -> nibble(stored, at + Short.BYTES, index) - 8;
      case Q4_1 -> nibble(stored, at + 2 * Short.BYTES, index);
      case Q4_K -> SuperBlocks.four(stored, at, index);
      case Q6_K -> SuperBlocks.six(stored, at, index);
    };
  }

  /** The first 16 are the lower halves of as many bytes. */
  private static int nibble(byte[] stored, int at, int index) {
    return index < 16 ? stored[at + index] & 15 : (stored[at + index - 16] >> 4) & 15;
  }

  /** Makes random bytes a block whose weights are small numbers. */
  void tame(byte[] stored, int at) {
    switch (this) {
      case F32 -> {
        for (int i = 0; i < weights; i++) {
          FLOATS.set(stored, at + Float.BYTES * i, stored[at + Float.BYTES * i] / 256f);
        }
      }
      case F16 -> {
        for (int i = 0; i < weights; i++) {
          int place = at + Short.BYTES * i;
          // Exponents from 2^-7 to 1, and any sign and fraction.
          SHORTS.set(
              stored, place, (short) (((short) SHORTS.get(stored, place) & 0x9fff) | 0x2000));
        }
      }
      case Q8_0, Q4_0 -> SHORTS.set(stored, at, (short) 0x2000);
      case Q4_1 -> {
        SHORTS.set(stored, at, (short) 0x2000);
        SHORTS.set(stored, at + Short.BYTES, (short) 0xa800);
      }
      case Q4_K -> {
        // 2^-10, and 7.5 times as much, so that they are as often above 0 as below it.
        SHORTS.set(stored, at, (short) 0x1400);
        SHORTS.set(stored, at + Short.BYTES, (short) 0x1f80);
      }
      case Q6_K -> SHORTS.set(stored, at + SuperBlocks.Q6_SCALE_AT, (short) 0x0800);
    }
  }
}
