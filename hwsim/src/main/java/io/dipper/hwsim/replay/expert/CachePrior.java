package io.dipper.hwsim.replay.expert;

import java.util.function.IntPredicate;

/**
 * The k experts with the highest {@code z + lambda Δ m}: m is 1 for an expert that is cached, Δ the
 * mean, over the sequence's tokens up to this one, of the range of a token's logits z. The j
 * highest of z always stay; weights come from the unchanged z.
 */
final class CachePrior implements ExpertSelector {
  private final double lambda;
  private final int kept;
  private double ranges;
  private int tokens;
  private double[] scores = {};

  CachePrior(double lambda, int kept) {
    this.lambda = lambda;
    this.kept = kept;
  }

  @Override
  public void begin() {
    ranges = 0;
    tokens = 0;
  }

  @Override
  public void select(RouterRow row, boolean decode, IntPredicate cached, ExpertChoice choice) {
    float[] logits = row.logits();
    if (scores.length < logits.length) {
      scores = new double[logits.length];
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      least = Math.min(least, logit);
      most = Math.max(most, logit);
    }
    ranges += most - least;
    tokens++;
    double bonus = lambda * ranges / tokens;
    for (int e = 0; e < logits.length; e++) {
      scores[e] = logits[e] + (cached.test(e) ? bonus : 0);
    }
    take(row, choice);
  }

  private void take(RouterRow row, ExpertChoice choice) {
    choice.clear();
    int k = row.perToken();
    for (int rank = 0; rank < Math.min(kept, k); rank++) {
      add(row, row.ranked(rank), choice);
    }
    while (choice.count() < k) {
      int best = -1;
      for (int e = 0; e < row.experts(); e++) {
        if (scores[e] > Double.NEGATIVE_INFINITY && (best < 0 || scores[e] > scores[best])) {
          best = e;
        }
      }
      add(row, best, choice);
    }
    choice.sortByRank(row.logits());
    if (row.normalised()) {
      choice.normalise();
    }
  }

  private void add(RouterRow row, int expert, ExpertChoice choice) {
    scores[expert] = Double.NEGATIVE_INFINITY;
    choice.add(expert, row.weight(expert));
  }
}
