package io.dipper.hwsim.replay.expert;

import java.util.function.IntPredicate;

/** The fewest experts, by rank, whose shares sum to p. */
final class NucleusExperts implements ExpertSelector {
  private final double p;
  private final int most;

  /**
   * @param most experts that a token takes, whatever their shares
   */
  NucleusExperts(double p, int most) {
    this.p = p;
    this.most = most;
  }

  @Override
  public void select(RouterRow row, boolean decode, IntPredicate cached, ExpertChoice choice) {
    choice.clear();
    double sum = 0;
    for (int rank = 0; rank < most && (rank == 0 || sum < p); rank++) {
      int expert = row.ranked(rank);
      sum += row.share(expert);
      choice.add(expert, row.weight(expert));
    }
    if (row.normalised()) {
      choice.normalise();
    }
  }
}
