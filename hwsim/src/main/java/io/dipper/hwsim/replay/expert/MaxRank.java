package io.dipper.hwsim.replay.expert;

import java.util.function.IntPredicate;

/**
 * The j experts of the highest rank, then those of the m highest that are cached, by rank, then
 * whatever comes next by rank, until there are k.
 */
final class MaxRank implements ExpertSelector {
  private final int kept;
  private final int ranks;

  MaxRank(int kept, int ranks) {
    this.kept = kept;
    this.ranks = ranks;
  }

  @Override
  public void select(RouterRow row, boolean decode, IntPredicate cached, ExpertChoice choice) {
    choice.clear();
    int k = row.perToken();
    int always = Math.min(kept, k);
    int most = Math.min(ranks, row.experts());
    for (int rank = 0; rank < always; rank++) {
      add(row, rank, choice);
    }
    for (int rank = always; rank < most && choice.count() < k; rank++) {
      if (cached.test(row.ranked(rank))) {
        add(row, rank, choice);
      }
    }
    for (int rank = always; choice.count() < k; rank++) {
      if (rank >= most || !cached.test(row.ranked(rank))) {
        add(row, rank, choice);
      }
    }
    choice.sortByRank(row.logits());
    if (row.normalised()) {
      choice.normalise();
    }
  }

  private static void add(RouterRow row, int rank, ExpertChoice choice) {
    int expert = row.ranked(rank);
    choice.add(expert, row.weight(expert));
  }
}
