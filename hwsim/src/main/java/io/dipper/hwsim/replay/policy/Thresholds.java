package io.dipper.hwsim.replay.policy;

import io.dipper.trace.MagnitudeCounts;
import io.dipper.trace.Recording;
import io.dipper.trace.Site;
import java.util.function.IntToDoubleFunction;

/**
 * The calibration of threshold policies: percentiles of recorded magnitudes, exact, in one pass
 * over each column.
 */
final class Thresholds {
  private Thresholds() {}

  /**
   * The threshold of each layer that a fraction {@code keep} of the magnitudes at a site exceeds:
   * the (1 - keep) percentile with linear interpolation between ranks, rounded to float32.
   */
  static float[] calibrate(Recording recording, Site site, double keep) {
    return calibrate(recording, site, layer -> keep);
  }

  /** Such thresholds where each layer keeps a fraction of its own. */
  static float[] calibrate(Recording recording, Site site, IntToDoubleFunction keep) {
    float[] thresholds = new float[recording.model().getLayers()];
    for (int layer = 0; layer < thresholds.length; layer++) {
      thresholds[layer] =
          percentile(
              MagnitudeCounts.of(recording.column(layer, site)), 1 - keep.applyAsDouble(layer));
    }
    return thresholds;
  }

  private static float percentile(MagnitudeCounts counts, double fraction) {
    long last = counts.total() - 1;
    double rank = fraction * last;
    long below = (long) rank;
    double lower = counts.at(below);
    double upper = counts.at(Math.min(below + 1, last));
    return (float) (lower + (upper - lower) * (rank - below));
  }
}
