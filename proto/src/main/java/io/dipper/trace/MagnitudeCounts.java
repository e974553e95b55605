package io.dipper.trace;

/**
 * How often each fp16 magnitude occurs: an exact histogram, as there are only 31744 of them.
 * Everything derived from it is exact but for the rounding of sums.
 */
final class MagnitudeCounts {
  private final long[] counts = new long[Fp16.FINITE_MAGNITUDES];

  /** Counts finite values, given as raw bits. */
  void add(short[] values) {
    for (short value : values) {
      counts[value & Fp16.MAGNITUDE]++;
    }
  }

  long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** How often exactly this magnitude occurs. */
  long count(int magnitude) {
    return counts[magnitude];
  }

  /** The mean of |v|; NaN where there are no values. */
  double mean() {
    double sum = 0;
    for (int magnitude = 0; magnitude < counts.length; magnitude++) {
      sum += counts[magnitude] * (double) Fp16.decode((short) magnitude);
    }
    return sum / total();
  }

  /** The root of the mean of v²; NaN where there are no values. */
  double rootMeanSquare() {
    double sum = 0;
    for (int magnitude = 0; magnitude < counts.length; magnitude++) {
      double value = Fp16.decode((short) magnitude);
      sum += counts[magnitude] * value * value;
    }
    return Math.sqrt(sum / total());
  }

  /**
   * The smallest |v| that at least the share {@code q} of the values does not exceed (nearest
   * rank); zero where there are no values.
   */
  float quantile(double q) {
    long rank = Math.max(1, (long) Math.ceil(q * total()));
    long below = 0;
    int largest = 0;
    for (int magnitude = 0; magnitude < counts.length; magnitude++) {
      if (counts[magnitude] > 0) {
        largest = magnitude;
        below += counts[magnitude];
        if (below >= rank) {
          break;
        }
      }
    }
    return Fp16.decode((short) largest);
  }

  /** Counts by octave: {@link SiteStatistics#octaves}. */
  long[] octaves() {
    long[] octaves = new long[SiteStatistics.OCTAVES];
    for (int magnitude = 1; magnitude < counts.length; magnitude++) {
      int octave = Math.getExponent(Fp16.decode((short) magnitude));
      octaves[octave - SiteStatistics.LOWEST_OCTAVE] += counts[magnitude];
    }
    return octaves;
  }
}
