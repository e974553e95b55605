package io.dipper.hwsim.replay.expert;

import org.jspecify.annotations.Nullable;

/**
 * What a layer's router says of one token: the logits of all experts, or where a trace holds no
 * more, the experts that were chosen, by rank, and their weights. Reused from token to token; not
 * safe for use by many threads.
 */
public final class RouterRow {
  private final boolean normalised;
  private final int perToken;
  private final int[] ranked;
  private final float[] weights;
  private final boolean[] taken;
  private float @Nullable [] logits;
  private int known;
  private double sum;

  /**
   * @param experts the number E of a layer
   * @param perToken the number k that the model's router chooses
   * @param normalised whether the weights of the chosen experts are made to sum to 1
   */
  public RouterRow(int experts, int perToken, boolean normalised) {
    this.normalised = normalised;
    this.perToken = perToken;
    this.ranked = new int[experts];
    this.weights = new float[experts];
    this.taken = new boolean[experts];
  }

  /** Takes the logits of a token, which are not copied. */
  public void ofLogits(float[] allLogits) {
    forget();
    logits = allLogits;
    rankFirst(allLogits);
  }

  private void forget() {
    for (int rank = 0; rank < known; rank++) {
      taken[ranked[rank]] = false;
    }
    known = 0;
    sum = 0;
  }

  /** Finds the first ranks, as many as the model chooses, in one pass: few logits enter them. */
  private void rankFirst(float[] of) {
    float least = Float.POSITIVE_INFINITY;
    for (int e = 0; e < of.length; e++) {
      if (known < perToken || of[e] > least) {
        int rank = known < perToken ? known++ : known - 1;
        while (rank > 0 && of[e] > of[ranked[rank - 1]]) {
          ranked[rank] = ranked[rank - 1];
          rank--;
        }
        ranked[rank] = e;
        least = of[ranked[known - 1]];
      }
    }
    for (int rank = 0; rank < known; rank++) {
      taken[ranked[rank]] = true;
    }
  }

  /**
   * Takes the experts that were chosen for a token.
   *
   * @param experts by rank; a negative one ends them
   * @param weightsByRank as the model multiplied with
   */
  public void ofChosen(int[] experts, float[] weightsByRank) {
    forget();
    logits = null;
    while (known < experts.length && experts[known] >= 0) {
      ranked[known] = experts[known];
      weights[experts[known]] = weightsByRank[known];
      known++;
    }
  }

  /** The number k that the model's router chooses; 0 where the layer was not computed. */
  public int perToken() {
    return logits == null ? Math.min(known, perToken) : perToken;
  }

  boolean hasLogits() {
    return logits != null;
  }

  /** Whether the model makes the weights of the chosen experts sum to 1. */
  boolean normalised() {
    return normalised;
  }

  /** The number E of experts. */
  int experts() {
    return ranked.length;
  }

  /** All logits; not to be changed. */
  float[] logits() {
    if (logits == null) {
      throw new IllegalStateException("this trace holds no logits");
    }
    return logits;
  }

  /** The expert of a rank, 0 the first: of equal logits the lower index comes first. */
  int ranked(int rank) {
    while (known <= rank) {
      ranked[known++] = next(logits());
    }
    return ranked[rank];
  }

  private int next(float[] of) {
    int best = -1;
    for (int e = 0; e < of.length; e++) {
      if (!taken[e] && (best < 0 || of[e] > of[best])) {
        best = e;
      }
    }
    taken[best] = true;
    return best;
  }

  /**
   * The share of an expert among all of them; of a trace without logits, the weight that the model
   * gave it.
   */
  double share(int expert) {
    if (logits == null) {
      return weights[expert];
    }
    if (sum == 0) {
      for (int e = 0; e < ranked.length; e++) {
        sum += relative(e);
      }
    }
    return relative(expert) / sum;
  }

  /**
   * What an expert's output counts for: its share, or where the model makes weights sum to 1
   * something in proportion to it.
   */
  double weight(int expert) {
    return normalised && logits != null ? relative(expert) : share(expert);
  }

  private double relative(int expert) {
    double largest = logits()[ranked(0)];
    return Math.exp(logits()[expert] - largest);
  }
}
