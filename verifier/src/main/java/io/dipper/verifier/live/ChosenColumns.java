package io.dipper.verifier.live;

import io.dipper.hwsim.replay.expert.ChoiceListener;
import io.dipper.hwsim.replay.expert.ExpertChoice;
import io.dipper.hwsim.replay.unit.UnitSet;
import java.util.Arrays;

/** Which units every token takes inside its experts in every layer, a bit for each. */
final class ChosenColumns implements ChoiceListener {
  private final int tokens;
  private final int perToken;
  private final int words;
  private final int[] experts;
  private final long[] chosen;

  /**
   * @param perToken the most experts of a token
   * @param units the number I_e of an expert
   * @param layers that have experts
   * @param tokens of all sequences
   */
  ChosenColumns(int perToken, int units, int layers, int tokens) {
    this.tokens = tokens;
    this.perToken = perToken;
    this.words = (units + Long.SIZE - 1) / Long.SIZE;
    this.experts = new int[Math.multiplyExact(Math.multiplyExact(layers, tokens), perToken)];
    this.chosen = new long[Math.multiplyExact(experts.length, words)];
    Arrays.fill(experts, -1);
  }

  @Override
  public void chosen(int layer, int token, ExpertChoice choice) {
    int first = (layer * tokens + token) * perToken;
    for (int rank = 0; rank < choice.count(); rank++) {
      experts[first + rank] = choice.expert(rank);
    }
  }

  @Override
  public void masked(int layer, int token, int rank, UnitSet mask) {
    int slot = (layer * tokens + token) * perToken + rank;
    System.arraycopy(mask.words(), 0, chosen, slot * words, words);
  }

  /**
   * The mean Jaccard similarity of these units with those of another run of the same tokens, over
   * layers and tokens; 1 where neither takes one. Units of different experts are different.
   */
  double jaccard(ChosenColumns other) {
    double sum = 0;
    int places = experts.length / perToken;
    for (int place = 0; place < places; place++) {
      int both = 0;
      for (int rank = 0; rank < perToken; rank++) {
        both += common(place * perToken + rank, place, other);
      }
      int either = count(place) + other.count(place) - both;
      sum += either == 0 ? 1 : (double) both / either;
    }
    return sum / places;
  }

  /** The units of a slot that the other run has, too. */
  private int common(int slot, int place, ChosenColumns other) {
    int first = place * perToken;
    for (int at = first; experts[slot] >= 0 && at < first + perToken; at++) {
      if (other.experts[at] == experts[slot]) {
        int both = 0;
        for (int w = 0; w < words; w++) {
          both += Long.bitCount(chosen[slot * words + w] & other.chosen[at * words + w]);
        }
        return both;
      }
    }
    return 0;
  }

  private int count(int place) {
    int count = 0;
    for (int w = place * perToken * words; w < (place + 1) * perToken * words; w++) {
      count += Long.bitCount(chosen[w]);
    }
    return count;
  }
}
