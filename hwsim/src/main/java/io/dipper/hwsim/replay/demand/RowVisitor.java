package io.dipper.hwsim.replay.demand;

/** Walks through the rows of sequences that follow one another, a few rows at a time. */
interface RowVisitor {
  /**
   * A sequence begins.
   *
   * @param first its first row, counted over all sequences
   * @param length its rows
   */
  void begin(int first, int length);

  /**
   * The next rows of the sequence.
   *
   * @param first the first of them, counted over all sequences
   * @param position the place of the first in its sequence
   * @param count at most {@value RowBlock#ROWS}
   */
  void visit(int first, int position, int count);

  /** Visits the rows of sequences of these lengths, until the thread is interrupted. */
  static void walk(int[] lengths, RowVisitor visitor) {
    int first = 0;
    for (int length : lengths) {
      visitor.begin(first, length);
      for (int from = 0; from < length; from += RowBlock.ROWS) {
        if (Thread.interrupted()) {
          return;
        }
        visitor.visit(first + from, from, Math.min(RowBlock.ROWS, length - from));
      }
      first += length;
    }
  }
}
