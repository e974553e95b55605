package io.dipper.tracegen.runtime;

import io.dipper.proto.ModelShape;

/**
 * A model's own choice of experts: the k with the largest logits, ties to the lower index; weights
 * are the softmax over all experts, divided by the sum of the chosen where the model does so.
 */
final class Router {
  private final int experts;
  private final int ranks;
  private final boolean renormalised;

  Router(ModelShape shape) {
    this.experts = shape.getExperts();
    this.ranks = shape.getExpertsPerToken();
    this.renormalised = shape.getNormTopk();
  }

  /** The choice for some tokens, given a row of E logits for each. */
  Routing route(float[] logits, int rows, Workers workers) {
    Routing routing = Routing.none(rows, ranks);
    workers.overRows(
        rows,
        (first, end) -> {
          for (int row = first; row < end; row++) {
            choose(logits, row, routing);
            weigh(logits, row, routing);
          }
        });
    return routing;
  }

  private void choose(float[] logits, int row, Routing routing) {
    int[] chosen = routing.experts();
    int at = row * ranks;
    for (int rank = 0; rank < ranks; rank++) {
      int best = -1;
      for (int e = 0; e < experts; e++) {
        if (!contains(chosen, at, at + rank, e)
            && (best < 0 || logits[row * experts + e] > logits[row * experts + best])) {
          best = e;
        }
      }
      chosen[at + rank] = best;
    }
  }

  private static boolean contains(int[] values, int from, int to, int value) {
    for (int i = from; i < to; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  private void weigh(float[] logits, int row, Routing routing) {
    int at = row * ranks;
    double largest = logits[row * experts + routing.experts()[at]];
    double sum = 0;
    double ofChosen = 0;
    for (int e = 0; e < experts; e++) {
      sum += Math.exp(logits[row * experts + e] - largest);
    }
    double[] powers = new double[ranks];
    for (int rank = 0; rank < ranks; rank++) {
      int expert = routing.experts()[at + rank];
      powers[rank] = Math.exp(logits[row * experts + expert] - largest);
      ofChosen += powers[rank];
    }
    for (int rank = 0; rank < ranks; rank++) {
      routing.weights()[at + rank] = (float) (powers[rank] / (renormalised ? ofChosen : sum));
    }
  }
}
