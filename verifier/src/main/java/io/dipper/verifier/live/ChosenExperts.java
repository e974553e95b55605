package io.dipper.verifier.live;

import io.dipper.hwsim.replay.expert.ChoiceListener;
import io.dipper.hwsim.replay.expert.ExpertChoice;

/** Which experts every token takes in every layer, a bit for each. */
final class ChosenExperts implements ChoiceListener {
  private final int tokens;
  private final int words;
  private final long[] chosen;

  /**
   * @param experts the number E of a layer
   * @param layers that have experts
   * @param tokens of all sequences
   */
  ChosenExperts(int experts, int layers, int tokens) {
    this.tokens = tokens;
    this.words = (experts + Long.SIZE - 1) / Long.SIZE;
    this.chosen = new long[Math.multiplyExact(Math.multiplyExact(layers, tokens), words)];
  }

  @Override
  public void chosen(int layer, int token, ExpertChoice choice) {
    int first = (layer * tokens + token) * words;
    for (int rank = 0; rank < choice.count(); rank++) {
      int expert = choice.expert(rank);
      chosen[first + expert / Long.SIZE] |= 1L << expert;
    }
  }

  /**
   * The mean Jaccard similarity of these choices with those of another run of the same tokens, over
   * layers and tokens; 1 where neither takes an expert.
   */
  double jaccard(ChosenExperts other) {
    double sum = 0;
    for (int first = 0; first < chosen.length; first += words) {
      int both = 0;
      int either = 0;
      for (int w = first; w < first + words; w++) {
        both += Long.bitCount(chosen[w] & other.chosen[w]);
        either += Long.bitCount(chosen[w] | other.chosen[w]);
      }
      sum += either == 0 ? 1 : (double) both / either;
    }
    return sum * words / chosen.length;
  }
}
