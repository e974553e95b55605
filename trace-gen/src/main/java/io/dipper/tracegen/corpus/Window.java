package io.dipper.tracegen.corpus;

/**
 * Tokens that a model sees as one sequence, and which of them are scored.
 *
 * @param tokens the sequence
 * @param firstScored the first position whose token is scored, given all before it; at least 1, as
 *     nothing comes before the first token
 */
public record Window(int[] tokens, int firstScored) {
  public Window {
    if (firstScored < 1 || firstScored > tokens.length) {
      throw new IllegalArgumentException(firstScored + " of " + tokens.length);
    }
  }

  /** How many tokens are scored. */
  public int scored() {
    return tokens.length - firstScored;
  }
}
