package io.dipper.weight;

import java.util.Locale;

/**
 * A type of tensor in a GGUF file: blocks of a fixed number of weights in a fixed number of bytes,
 * scales and minima included. Unquantised types have blocks of one weight. Sizes are ggml's.
 */
public enum WeightType {
  F32(1, 4),
  F16(1, 2),
  BF16(1, 2),
  Q8_0(32, 34),
  Q4_0(32, 18),
  Q4_1(32, 20),
  Q5_0(32, 22),
  Q5_1(32, 24),
  IQ4_NL(32, 18),
  MXFP4(32, 17),
  Q2_K(256, 84),
  Q3_K(256, 110),
  Q4_K(256, 144),
  Q5_K(256, 176),
  Q6_K(256, 210),
  IQ4_XS(256, 136);

  private final int blockWeights;
  private final int blockBytes;

  WeightType(int blockWeights, int blockBytes) {
    this.blockWeights = blockWeights;
    this.blockBytes = blockBytes;
  }

  public int blockWeights() {
    return blockWeights;
  }

  public int blockBytes() {
    return blockBytes;
  }

  /** Bits per weight: block bytes times 8, divided by block weights. */
  public double bits() {
    return 8.0 * blockBytes / blockWeights;
  }

  /** The bytes of so many weights, a whole number of blocks. */
  public long bytes(long weights) {
    return weights / blockWeights * blockBytes;
  }

  /**
   * This type, or the one that llama.cpp writes instead where a row is no whole number of blocks.
   */
  public WeightType forRows(int weights) {
    return weights % blockWeights == 0 ? this : smallerBlocks().forRows(weights);
  }

  private WeightType smallerBlocks() {
    return switch (this) {
      case Q2_K, Q3_K, IQ4_XS -> IQ4_NL;
      case Q4_K -> Q5_0;
      case Q5_K -> Q5_1;
      case Q6_K -> Q8_0;
      default -> F16;
    };
  }

  /** The name in files and on the command line, e.g. {@code q4_0}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
