package io.dipper.hwsim.replay.expert;

import java.util.function.IntPredicate;

/**
 * The router's experts, except those that are not cached and weigh less than {@code f / k}: they
 * are not read, and count as zero; the weights of the others stay. A prompt keeps all.
 */
final class DropCold implements ExpertSelector {
  private final double f;
  private ExpertChoice wanted = new ExpertChoice(0);

  DropCold(double f) {
    this.f = f;
  }

  @Override
  public void select(RouterRow row, boolean decode, IntPredicate cached, ExpertChoice choice) {
    int k = row.perToken();
    if (!decode) {
      TopExperts.take(row, k, choice);
      return;
    }
    if (wanted.most() < k) {
      wanted = new ExpertChoice(k);
    }
    TopExperts.take(row, k, wanted);
    choice.clear();
    for (int rank = 0; rank < wanted.count(); rank++) {
      int expert = wanted.expert(rank);
      double weight = wanted.weight(rank);
      if (weight < f / k && !cached.test(expert)) {
        choice.drop(weight);
      } else {
        choice.add(expert, weight);
      }
    }
  }
}
