package io.dipper.hwsim.time.schedule;

/**
 * Weights that a step computes with.
 *
 * @param bytes that they take
 * @param bits of each
 * @param flops of arithmetic on them for one token, two for each weight
 * @param vector how many of them are multiplied in one go: a row or a column; 0 for unknown
 */
public record Weights(double bytes, double bits, double flops, double vector) {
  /** Weights in rows or columns of so many. */
  static Weights of(double bytes, double bits, double vector) {
    return new Weights(bytes, bits, 2 * bytes / (bits / 8), vector);
  }

  /** How many weights they are. */
  double count() {
    return bits == 0 ? 0 : bytes * 8 / bits;
  }

  /** No weights, in a step whose others have so many bits. */
  static Weights none(double bits) {
    return new Weights(0, bits, 0, 0);
  }
}
