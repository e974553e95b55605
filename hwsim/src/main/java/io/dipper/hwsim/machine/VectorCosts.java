package io.dipper.hwsim.machine;

import java.util.List;

/**
 * What rows, columns or anything else of two lengths take, as a line: a time for each, and a time
 * for each of its weights; neither below 0. Where both are above it, the line meets both
 * measurements, else the longer one.
 *
 * @param each in seconds
 * @param perWeight in seconds
 */
record VectorCosts(double each, double perWeight) {
  /** Weights of the rows and columns that are measured: short ones and long ones. */
  static final List<Integer> LENGTHS = List.of(256, 2048);

  /** Of products also those that leave the first cache: 4 bytes of each number, and the weights. */
  static final List<Integer> LONGER = List.of(2048, 4096, 6144);

  /** Of gathering, which longer columns take no longer for. */
  static final int LONGEST = 8192;

  private static final int SHORT = LENGTHS.get(0);
  private static final int LONG = LENGTHS.get(1);

  /**
   * The line through two points.
   *
   * @param shorter seconds of one of the shorter length
   * @param longer seconds of one of the longer
   */
  static VectorCosts of(double shorter, double longer) {
    double slope = Math.max(0, (longer - shorter) / (LONG - SHORT));
    double each = Math.max(0, longer - slope * LONG);
    return new VectorCosts(each, (longer - each) / LONG);
  }

  /**
   * The line of rates, weights per second of both lengths. Of the longer ones at least half is the
   * time of weights, so that there is a rate.
   */
  static VectorCosts ofRates(double shorter, double longer) {
    double seconds = LONG / longer;
    double each = Math.min(seconds / 2, of(SHORT / shorter, seconds).each);
    return new VectorCosts(each, (seconds - each) / LONG);
  }
}
