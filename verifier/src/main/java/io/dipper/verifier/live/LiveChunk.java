package io.dipper.verifier.live;

/**
 * Consecutive tokens of one sequence that pass a layer together.
 *
 * @param sequence its index
 * @param length tokens of the whole sequence
 * @param row the first token, counted over all sequences
 * @param position the first token's place in its sequence
 * @param rows how many tokens
 */
record LiveChunk(int sequence, int length, int row, int position, int rows) {
  /** Whether the sequence begins with these tokens. */
  boolean first() {
    return position == 0;
  }

  /** Whether the sequence ends with these tokens. */
  boolean last() {
    return position + rows == length;
  }

  /** The row of the sequence's first token. */
  int sequenceRow() {
    return row - position;
  }
}
