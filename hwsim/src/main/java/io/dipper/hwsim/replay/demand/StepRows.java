package io.dipper.hwsim.replay.demand;

import java.util.Arrays;

/**
 * Which step of a demand each recorded token belongs to. A step is a token, or so many of a
 * sequence that follow one another as a window has, the last one of a sequence what is left. Tokens
 * of a prompt that is computed in one dense pass belong to none.
 */
final class StepRows {
  private final int[] stepOfRow;
  private final int[] tokensOfStep;

  /**
   * @param lengths tokens of each recorded sequence
   * @param prompt the first tokens of each that belong to no step
   * @param window the most tokens of a step, at least 1
   */
  StepRows(int[] lengths, int prompt, int window) {
    stepOfRow = new int[Arrays.stream(lengths).sum()];
    tokensOfStep = new int[Arrays.stream(steps(lengths, prompt, window)).sum()];
    int row = 0;
    int step = -1;
    for (int length : lengths) {
      for (int position = 0; position < length; position++) {
        boolean answers = position >= prompt;
        if (answers && (position - prompt) % window == 0) {
          step++;
        }
        stepOfRow[row++] = answers ? step : -1;
        if (answers) {
          tokensOfStep[step]++;
        }
      }
    }
  }

  /** The steps of each sequence; those without one are left out. */
  static int[] steps(int[] lengths, int prompt, int window) {
    return Arrays.stream(lengths)
        .filter(length -> length > prompt)
        .map(length -> (length - prompt + window - 1) / window)
        .toArray();
  }

  /** The step of a recorded row, both counted over all sequences; -1 for a prompt's. */
  int of(int recordedRow) {
    return stepOfRow[recordedRow];
  }

  /** The tokens of a step. */
  int tokens(int step) {
    return tokensOfStep[step];
  }
}
