package io.dipper.hwsim.replay.expert;

import java.util.function.IntPredicate;

/** The k experts that the router scores highest; of a layer that was not computed, none. */
final class TopExperts implements ExpertSelector {
  private final int k;

  TopExperts(int k) {
    this.k = k;
  }

  @Override
  public void select(RouterRow row, boolean decode, IntPredicate cached, ExpertChoice choice) {
    take(row, k, choice);
  }

  /** Chooses the k first by rank. */
  static void take(RouterRow row, int k, ExpertChoice choice) {
    choice.clear();
    int most = row.hasLogits() ? k : Math.min(k, row.perToken());
    for (int rank = 0; rank < most; rank++) {
      int expert = row.ranked(rank);
      choice.add(expert, row.weight(expert));
    }
    if (row.normalised()) {
      choice.normalise();
    }
  }
}
