package io.dipper.trace;

import java.util.List;

/**
 * What the magnitudes of one site of one layer are like, over all tokens.
 *
 * @param values how many there are: tokens times width
 * @param meanAbsolute the mean of |v|
 * @param rootMeanSquare the root of the mean of v²
 * @param shape how they are distributed
 */
public record SiteStatistics(
    int layer, Site site, long values, double meanAbsolute, double rootMeanSquare, Shape shape) {
  /** The exponent of the first octave: fp16's smallest magnitude is 2⁻²⁴. */
  public static final int LOWEST_OCTAVE = -24;

  /** The number of octaves: fp16's largest magnitude is below 2¹⁶. */
  public static final int OCTAVES = 40;

  /**
   * A distribution of magnitudes.
   *
   * @param percentiles of |v|
   * @param max the largest |v|
   * @param zeroShare the fraction of values that are exactly zero
   * @param atLimit how many are ±65504, the largest fp16: saturated, most likely
   * @param octaves the log-magnitude histogram: element i counts 2^(i−24) ≤ |v| &lt; 2^(i−23)
   */
  public record Shape(
      Percentiles percentiles, float max, double zeroShare, long atLimit, List<Long> octaves) {}

  /** The 50th, 90th, 99th and 99.9th percentile, by nearest rank, exact. */
  public record Percentiles(float p50, float p90, float p99, float p999) {}
}
