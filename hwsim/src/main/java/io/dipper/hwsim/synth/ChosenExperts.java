package io.dipper.hwsim.synth;

import io.dipper.hwsim.replay.expert.ExpertChoice;
import io.dipper.hwsim.replay.expert.ExpertPolicy;
import io.dipper.hwsim.replay.expert.ExpertSelector;
import io.dipper.hwsim.replay.expert.RouterRows;
import io.dipper.hwsim.replay.mask.PolicyContext;
import io.dipper.hwsim.replay.policy.Policies;
import io.dipper.trace.Recording;
import java.util.Arrays;

/**
 * Which experts a layer's router chose, token by token, whether logits were recorded or no more
 * than the choices.
 *
 * @param experts the number E of the layer
 * @param tokens by token, the chosen experts by rank; none where the layer was not computed
 * @param weights by token, the factors of their outputs
 */
record ChosenExperts(int experts, int[][] tokens, double[][] weights) {
  private static final String POLICY = "router";

  /**
   * The experts that a layer's router chose.
   *
   * @param layer counted among those that have experts
   */
  static ChosenExperts of(Recording recording, int layer) {
    RouterRows rows = new RouterRows(recording);
    ExpertSelector selector = policy(recording).experts(layer);
    int experts = recording.model().getExperts();
    ExpertChoice choice = new ExpertChoice(experts);
    int count = Arrays.stream(recording.sequenceLengths()).sum();
    int[][] tokens = new int[count][];
    double[][] weights = new double[count][];
    for (int t = 0; t < count; t++) {
      selector.select(rows.read(layer, t), true, expert -> false, choice);
      tokens[t] = new int[choice.count()];
      weights[t] = new double[choice.count()];
      for (int rank = 0; rank < choice.count(); rank++) {
        tokens[t][rank] = choice.expert(rank);
        weights[t][rank] = choice.weight(rank);
      }
    }
    return new ChosenExperts(experts, tokens, weights);
  }

  /** The policy of the model itself: the k experts of the highest scores. */
  static ExpertPolicy policy(Recording recording) {
    return (ExpertPolicy)
        Policies.create(
            Policies.resolve(Policies.parse(POLICY)),
            new PolicyContext(recording.model(), recording));
  }

  /** How many tokens chose any. */
  int computed() {
    int count = 0;
    for (int[] chosen : tokens) {
      count += chosen.length > 0 ? 1 : 0;
    }
    return count;
  }

  /** By expert, how many tokens chose it. */
  int[] uses() {
    int[] uses = new int[experts];
    for (int[] chosen : tokens) {
      for (int expert : chosen) {
        uses[expert]++;
      }
    }
    return uses;
  }

  /**
   * How many experts two tokens at a distance have in common, the mean over such pairs of a
   * sequence; negative where there are none.
   *
   * @param begins where sequences begin
   */
  double common(boolean[] begins, int lag) {
    int[] last = new int[experts];
    long common = 0;
    int pairs = 0;
    int sinceBegin = 0;
    for (int t = 0; t < tokens.length; t++) {
      sinceBegin = begins[t] ? 0 : sinceBegin + 1;
      if (sinceBegin >= lag && tokens[t].length > 0 && tokens[t - lag].length > 0) {
        pairs++;
        for (int expert : tokens[t - lag]) {
          last[expert] = t;
        }
        for (int expert : tokens[t]) {
          common += last[expert] == t ? 1 : 0;
        }
      }
    }
    return pairs == 0 ? -1 : (double) common / pairs;
  }
}
