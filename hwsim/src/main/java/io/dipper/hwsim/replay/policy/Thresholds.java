package io.dipper.hwsim.replay.policy;

import io.dipper.trace.Fp16;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import io.dipper.trace.SiteColumn;

/**
 * The calibration of threshold policies: percentiles of recorded magnitudes. A magnitude of fp16 is
 * one of 2^15 keys, so counting them gives exact percentiles in one pass.
 */
final class Thresholds {
  private static final int MAGNITUDES = 1 << 15;

  private Thresholds() {}

  /**
   * The threshold of each layer that a fraction {@code keep} of the magnitudes at a site exceeds:
   * the (1 - keep) percentile with linear interpolation between ranks, rounded to float32.
   */
  static float[] calibrate(Recording recording, Site site, double keep) {
    float[] thresholds = new float[recording.model().getLayers()];
    for (int layer = 0; layer < thresholds.length; layer++) {
      thresholds[layer] = percentile(count(recording.column(layer, site)), 1 - keep);
    }
    return thresholds;
  }

  private static long[] count(SiteColumn column) {
    long[] counts = new long[MAGNITUDES];
    short[] row = new short[column.width()];
    for (int r = 0; r < column.rows(); r++) {
      column.read(r, row);
      for (short bits : row) {
        counts[bits & (MAGNITUDES - 1)]++;
      }
    }
    return counts;
  }

  private static float percentile(long[] counts, double fraction) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double rank = fraction * (total - 1);
    long below = (long) rank;
    double lower = valueAt(counts, below);
    double upper = valueAt(counts, Math.min(below + 1, total - 1));
    return (float) (lower + (upper - lower) * (rank - below));
  }

  private static float valueAt(long[] counts, long rank) {
    int key = 0;
    for (long seen = counts[0]; seen <= rank; seen += counts[key]) {
      key++;
    }
    return Fp16.decode((short) key);
  }
}
