package io.dipper.hwsim.replay.expert;

import java.util.Arrays;

/**
 * How far the weights of a token's experts are from those that the model's router gives: half the
 * sum of the absolute differences, over all experts, as a share of the router's weights. It is 0
 * where a policy leaves the model as it is.
 */
final class LostWeight {
  private final double[] differences;

  /**
   * @param experts the number E of a layer
   */
  LostWeight(int experts) {
    this.differences = new double[experts];
  }

  /** What the experts of a token lose. */
  double of(RouterRow row, ExpertChoice choice) {
    if (row.perToken() == 0) {
      return 0;
    }
    Arrays.fill(differences, 0);
    double sum = 0;
    for (int rank = 0; rank < row.perToken(); rank++) {
      sum += row.weight(row.ranked(rank));
    }
    double all = row.normalised() ? 1 : sum;
    for (int rank = 0; rank < row.perToken(); rank++) {
      int expert = row.ranked(rank);
      differences[expert] = row.weight(expert) / (row.normalised() ? sum : 1);
    }
    for (int i = 0; i < choice.count(); i++) {
      differences[choice.expert(i)] -= choice.weight(i);
    }
    double lost = 0;
    for (double difference : differences) {
      lost += Math.abs(difference);
    }
    return lost / 2 / all;
  }
}
