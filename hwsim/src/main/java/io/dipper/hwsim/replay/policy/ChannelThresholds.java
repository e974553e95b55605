package io.dipper.hwsim.replay.policy;

import io.dipper.trace.SiteColumn;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The calibration of thresholds per channel, in three passes over two columns and memory that does
 * not grow with the tokens.
 */
final class ChannelThresholds {
  private static final int HALF = 1 << 16;

  private final SiteColumn scored;
  private final double[] means;

  private ChannelThresholds(SiteColumn scored, double[] means) {
    this.scored = scored;
    this.means = means;
  }

  /**
   * The thresholds {@code T / mean_j} of each channel, with T such that at least a share {@code
   * keep} of all products {@code |scored_tj| mean_j} is above it but for ties: the one of rank
   * {@code floor((1 - keep) (n - 1))} of the n in ascending order, rounded to float32.
   *
   * @param scored whose magnitudes will be compared with the thresholds
   * @param weighing whose mean magnitude over all tokens is the {@code mean_j} of a channel; where
   *     it is 0, the channel is never selected
   */
  static float[] calibrate(SiteColumn scored, SiteColumn weighing, double keep) {
    ChannelThresholds calibration = new ChannelThresholds(scored, means(weighing));
    double common = calibration.ranked(1 - keep);
    float[] thresholds = new float[calibration.means.length];
    for (int i = 0; i < thresholds.length; i++) {
      double mean = calibration.means[i];
      thresholds[i] = mean == 0 ? Float.POSITIVE_INFINITY : (float) (common / mean);
    }
    return thresholds;
  }

  private static double[] means(SiteColumn column) {
    double[] sums = new double[column.width()];
    float[] row = new float[column.width()];
    for (int t = 0; t < column.rows(); t++) {
      column.read(t, row);
      for (int i = 0; i < row.length; i++) {
        sums[i] += Math.abs(row[i]);
      }
    }
    return Arrays.stream(sums).map(sum -> sum / column.rows()).toArray();
  }

  /** The product at a fraction of the way through all in ascending order. */
  private float ranked(double fraction) {
    long rank = (long) (fraction * ((long) scored.rows() * scored.width() - 1));
    long[] high = new long[HALF];
    products(bits -> high[bits >>> 16]++);
    int top = 0;
    while (rank >= high[top]) {
      rank -= high[top++];
    }
    int bucket = top;
    long[] low = new long[HALF];
    products(
        bits -> {
          if (bits >>> 16 == bucket) {
            low[bits & (HALF - 1)]++;
          }
        });
    int rest = 0;
    while (rank >= low[rest]) {
      rank -= low[rest++];
    }
    return Float.intBitsToFloat(bucket << 16 | rest);
  }

  /** Hands over the bits of every product, which order as the products do. */
  private void products(IntConsumer each) {
    float[] row = new float[scored.width()];
    for (int t = 0; t < scored.rows(); t++) {
      scored.read(t, row);
      for (int i = 0; i < row.length; i++) {
        each.accept(Float.floatToRawIntBits((float) (Math.abs(row[i]) * means[i])));
      }
    }
  }
}
