package io.dipper.tracegen.format.quant;

/**
 * A group of weights as {@code w ≈ scale · q − offset}, with {@code q} from 0 to a largest level,
 * and scale and offset not negative: the best of some ranges by squared error, each with the scale
 * and the offset that fit its levels best (least squares).
 */
record AffineGroup(float scale, float offset) {
  private static final int RANGES = 16;
  private static final double SMALLEST_RANGE = 0.6;

  /** The fit of {@code count} weights. */
  static AffineGroup of(float[] in, int from, int count, int levels) {
    float least = 0;
    float most = 0;
    for (int i = from; i < from + count; i++) {
      least = Math.min(least, in[i]);
      most = Math.max(most, in[i]);
    }
    AffineGroup best = new AffineGroup((most - least) / levels, -least);
    double error = best.error(in, from, count, levels);
    for (int r = 0; r < RANGES && error > 0; r++) {
      double part = SMALLEST_RANGE + (1 - SMALLEST_RANGE) * r / (RANGES - 1);
      AffineGroup guess =
          new AffineGroup((float) ((most - least) * part / levels), (float) (-least * part));
      AffineGroup fitted = guess.fitted(in, from, count, levels);
      double other = fitted.error(in, from, count, levels);
      if (other < error) {
        error = other;
        best = fitted;
      }
    }
    return best;
  }

  /** The level of a weight. */
  int level(float weight, int levels) {
    return scale == 0 ? 0 : Math.max(0, Math.min(levels, Math.round((weight + offset) / scale)));
  }

  private AffineGroup fitted(float[] in, int from, int count, int levels) {
    double q = 0;
    double qq = 0;
    double w = 0;
    double qw = 0;
    for (int i = from; i < from + count; i++) {
      int level = level(in[i], levels);
      q += level;
      qq += level * level;
      w += in[i];
      qw += level * in[i];
    }
    double spread = count * qq - q * q;
    double slope = spread == 0 ? 0 : (count * qw - q * w) / spread;
    double shift = (slope * q - w) / count;
    if (shift < 0) {
      shift = 0;
      slope = qq == 0 ? 0 : qw / qq;
    }
    return slope > 0 ? new AffineGroup((float) slope, (float) shift) : this;
  }

  private double error(float[] in, int from, int count, int levels) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      double off = scale * level(in[i], levels) - offset - in[i];
      sum += off * off;
    }
    return sum;
  }
}
