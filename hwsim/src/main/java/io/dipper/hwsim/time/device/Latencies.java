package io.dipper.hwsim.time.device;

import umontreal.ssj.stat.TallyStore;

/**
 * How long reads took, from submission to end, in seconds: what fio calls total latency. A
 * percentile is the smallest time that at least so many reads did not exceed.
 */
public record Latencies(double min, double mean, Percentiles percentiles, double max) {
  /** Percentiles; the last is that of 99.9 %. */
  public record Percentiles(double p50, double p90, double p95, double p99, double p999) {}

  /** The summary of measured times. */
  static Latencies of(TallyStore seconds) {
    seconds.quickSort();
    double[] sorted = seconds.getArray();
    int n = seconds.numberObs();
    return new Latencies(
        seconds.min(),
        seconds.average(),
        new Percentiles(
            percentile(sorted, n, 500),
            percentile(sorted, n, 900),
            percentile(sorted, n, 950),
            percentile(sorted, n, 990),
            percentile(sorted, n, 999)),
        seconds.max());
  }

  private static double percentile(double[] sorted, int n, long perMille) {
    return sorted[(int) ((n * perMille + 999) / 1000) - 1];
  }
}
