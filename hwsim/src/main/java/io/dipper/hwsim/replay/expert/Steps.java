package io.dipper.hwsim.replay.expert;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a run, each a pass through the model: of a sequence first its prompt, in one pass,
 * then its other tokens one by one.
 */
public record Steps(List<Step> all) {
  public Steps {
    all = List.copyOf(all);
  }

  /**
   * One pass.
   *
   * @param begins whether a sequence begins with it
   * @param row its first token, counted over all sequences
   * @param tokens how many it computes
   * @param decode whether it is a decoded token, and no prompt
   */
  public record Step(boolean begins, int row, int tokens, boolean decode) {}

  /**
   * The steps of sequences.
   *
   * @param lengths tokens of each sequence
   * @param prompts of these how many are its prompt; empty where none has one; more than the
   *     sequence has where it is the beginning of one
   */
  public static Steps of(int[] lengths, List<Integer> prompts) {
    List<Step> steps = new ArrayList<>();
    int row = 0;
    for (int s = 0; s < lengths.length; s++) {
      int prompt = prompts.isEmpty() ? 0 : Math.min(lengths[s], prompts.get(s));
      if (prompt > 0) {
        steps.add(new Step(true, row, prompt, false));
      }
      for (int t = prompt; t < lengths[s]; t++) {
        steps.add(new Step(t == 0, row + t, 1, true));
      }
      row += lengths[s];
    }
    return new Steps(steps);
  }

  public int count() {
    return all.size();
  }
}
