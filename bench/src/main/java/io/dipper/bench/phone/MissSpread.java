package io.dipper.bench.phone;

import io.dipper.hwsim.replay.demand.Demand;
import java.util.SplittableRandom;

/**
 * How unevenly the misses of a token lie over its layers: beta-binomial, with the correlation
 * within a layer and token that a replay shows.
 *
 * @param correlation of two look-ups of one token and layer; 0 where each misses by itself
 */
record MissSpread(double correlation) {
  private static final int GROUP = 0;

  /** The spread of a replay: the variance over the layers of a token beside the binomial one. */
  static MissSpread of(Demand demand) {
    double variances = 0;
    double binomials = 0;
    int lookups = demand.selected(GROUP, 0, 0);
    for (int row = 0; row < demand.tokens(); row++) {
      double sum = 0;
      double squares = 0;
      for (int layer = 0; layer < demand.layers(); layer++) {
        int missed = demand.selected(GROUP, layer, row) - demand.hits(GROUP, layer, row);
        sum += missed;
        squares += (double) missed * missed;
      }
      double mean = sum / demand.layers();
      variances += (squares - demand.layers() * mean * mean) / (demand.layers() - 1);
      binomials += mean * (1 - mean / lookups);
    }
    return new MissSpread((variances / binomials - 1) / (lookups - 1));
  }

  /**
   * The misses of each layer of one token, as evenly from the distribution as so many layers can
   * be, at random places; their bytes are those that the token read, give or take half an expert.
   *
   * @param bytes that the token read
   * @param each the bytes that a missed expert of a layer reads
   * @param lookups of each layer
   */
  int[] draw(double bytes, double[] each, int lookups, SplittableRandom random) {
    double mean = bytes / Numbers.mean(each) / each.length;
    int[] misses = new int[each.length];
    int[] places = shuffled(each.length, random);
    double[] cumulative = cumulative(Math.min(1, mean / lookups), lookups);
    double left = bytes;
    for (int i = 0; i < places.length; i++) {
      double quantile = (i + 0.5) / places.length;
      while (misses[places[i]] < lookups && cumulative[misses[places[i]]] < quantile) {
        misses[places[i]]++;
      }
      left -= misses[places[i]] * each[places[i]];
    }
    while (Math.abs(left) > Numbers.mean(each) / 2) {
      int layer = random.nextInt(each.length);
      int change = left > 0 ? 1 : -1;
      if (misses[layer] + change >= 0 && misses[layer] + change <= lookups) {
        misses[layer] += change;
        left -= change * each[layer];
      }
    }
    return misses;
  }

  /** The probabilities of at most 0, 1, ... of n misses. */
  private double[] cumulative(double share, int n) {
    double[] sums = new double[n + 1];
    if (share == 0 || share == 1) {
      for (int m = 0; m <= n; m++) {
        sums[m] = share == 0 || m == n ? 1 : 0;
      }
      return sums;
    }
    double both = 1 / correlation - 1;
    double sum = 0;
    for (int m = 0; m <= n; m++) {
      double probability = 1;
      for (int i = 0; i < n; i++) {
        double weight = i < m ? share * both + i : (1 - share) * both + (i - m);
        probability *= weight / (both + i) * (i < m ? (double) (n - i) / (m - i) : 1);
      }
      sum += probability;
      sums[m] = sum;
    }
    return sums;
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
