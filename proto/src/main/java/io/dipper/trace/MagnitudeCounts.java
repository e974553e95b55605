package io.dipper.trace;

/**
 * How often each fp16 magnitude occurs: an exact histogram, as there are only 31744 of them.
 * Everything derived from it is exact but for the rounding of sums.
 */
public final class MagnitudeCounts {
  private final long[] counts = new long[Fp16.FINITE_MAGNITUDES];

  private MagnitudeCounts() {}

  /** The magnitudes of all values of a column. */
  public static MagnitudeCounts of(SiteColumn column) {
    MagnitudeCounts counts = new MagnitudeCounts();
    short[] row = new short[column.width()];
    for (int r = 0; r < column.rows(); r++) {
      column.read(r, row);
      counts.add(row);
    }
    return counts;
  }

  /** Counts finite values, given as raw bits. */
  private void add(short[] values) {
    for (short value : values) {
      counts[value & Fp16.MAGNITUDE]++;
    }
  }

  /** The number of values. */
  public long total() {
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
    long total = total();
    return total == 0 ? 0 : at(Math.max(1, (long) Math.ceil(q * total)) - 1);
  }

  /**
   * The |v| at a place in ascending order.
   *
   * @param rank from 0 to {@code total() - 1}
   */
  public float at(long rank) {
    int magnitude = 0;
    for (long seen = counts[0]; seen <= rank; seen += counts[magnitude]) {
      magnitude++;
    }
    return Fp16.decode((short) magnitude);
  }

  /** Counts by octave: {@link SiteStatistics.Shape#octaves}. */
  long[] octaves() {
    long[] octaves = new long[SiteStatistics.OCTAVES];
    for (int magnitude = 1; magnitude < counts.length; magnitude++) {
      int octave = Math.getExponent(Fp16.decode((short) magnitude));
      octaves[octave - SiteStatistics.LOWEST_OCTAVE] += counts[magnitude];
    }
    return octaves;
  }
}
