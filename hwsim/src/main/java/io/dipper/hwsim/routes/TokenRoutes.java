package io.dipper.hwsim.routes;

import java.util.Arrays;
import java.util.Optional;

/** The experts of one token in all layers, as they come in, line by line. */
final class TokenRoutes {
  private final int perToken;
  private final int[][] experts;
  private final float[][] weights;
  private final int[] counts;

  TokenRoutes(int layers, int perToken) {
    this.perToken = perToken;
    this.experts = new int[layers][perToken];
    this.weights = new float[layers][perToken];
    this.counts = new int[layers];
    for (int[] layer : experts) {
      Arrays.fill(layer, -1);
    }
  }

  /**
   * Enters an expert.
   *
   * @return what is wrong with it, if anything
   */
  Optional<String> add(int layer, int rank, int expert, float weight) {
    if (experts[layer][rank] >= 0) {
      return Optional.of("slot " + rank + " of layer " + layer + " is there twice");
    }
    for (int other : experts[layer]) {
      if (other == expert) {
        return Optional.of("expert " + expert + " of layer " + layer + " is there twice");
      }
    }
    experts[layer][rank] = expert;
    weights[layer][rank] = weight;
    counts[layer]++;
    return Optional.empty();
  }

  /**
   * What is missing, now that all of the token is there.
   *
   * @param mayLackLast whether the last layer may be absent: engines compute it for the prompt's
   *     last token alone
   */
  Optional<String> missing(boolean mayLackLast) {
    for (int layer = 0; layer < counts.length; layer++) {
      boolean absent = mayLackLast && layer == counts.length - 1 && counts[layer] == 0;
      if (counts[layer] < perToken && !absent) {
        return Optional.of(
            "layer " + layer + " has " + counts[layer] + " experts, want " + perToken);
      }
    }
    return Optional.empty();
  }

  /** By rank; −1 where the layer was not computed. */
  int[] experts(int layer) {
    return experts[layer];
  }

  float[] weights(int layer) {
    return weights[layer];
  }

  /** Whether the weights of every layer that was computed sum to 1, as far as text tells. */
  boolean sumsToOne() {
    for (int layer = 0; layer < counts.length; layer++) {
      float sum = 0;
      for (float weight : weights[layer]) {
        sum += weight;
      }
      if (counts[layer] > 0 && Math.abs(sum - 1) > 1e-3) {
        return false;
      }
    }
    return true;
  }
}
