package io.dipper.hwsim.time.device;

/**
 * What a benchmark asks of a Flash device: equal reads, so many always in flight (a closed loop),
 * or arriving at random (an open loop, Poisson arrivals).
 *
 * @param readBytes the size of each read
 * @param lanes in a closed loop the reads in flight; in an open one the most of them, 0 for as many
 *     as the device takes
 * @param ratePerSecond the mean number of reads that arrive; 0 for a closed loop
 * @param sequential whether the reads follow one another on the device
 * @param spanBytes the region that random reads are drawn from; infinite: the whole device
 * @param reads how many are measured, at least
 * @param seed of the arrivals
 */
public record ProbeLoad(
    double readBytes,
    int lanes,
    double ratePerSecond,
    boolean sequential,
    double spanBytes,
    int reads,
    long seed) {
  private static final int READS = 20_000;

  /** Random reads all over the device, so many always in flight. */
  public static ProbeLoad closed(double readBytes, int lanes) {
    return new ProbeLoad(readBytes, lanes, 0, false, Double.POSITIVE_INFINITY, READS, 1);
  }

  /** Random reads all over the device that arrive at random. */
  public static ProbeLoad open(double readBytes, double ratePerSecond, int reads, long seed) {
    return new ProbeLoad(readBytes, 0, ratePerSecond, false, Double.POSITIVE_INFINITY, reads, seed);
  }

  boolean isOpen() {
    return ratePerSecond > 0;
  }
}
