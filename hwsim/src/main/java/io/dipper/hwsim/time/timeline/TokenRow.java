package io.dipper.hwsim.time.timeline;

/**
 * What one decoded token asked for and how long it took. The components and theirs, in this order
 * and in snake case, are the columns of a file of tokens.
 *
 * @param token counted from 0 over all sequences
 * @param selected units that masks selected, experts or columns, over all layers
 * @param hits of them that were cached
 * @param misses the others
 * @param flashBytesRead whole pages
 * @param requests sent to Flash
 * @param elapsed the time that it took
 */
public record TokenRow(
    int token,
    long selected,
    long hits,
    long misses,
    double flashBytesRead,
    double requests,
    Elapsed elapsed) {

  /**
   * Seconds of a token; the others sum to the first.
   *
   * @param flashWaitS waiting for Flash
   * @param dramS reading DRAM
   * @param computeS bound by arithmetic
   * @param otherS selecting, gathering, launches
   */
  public record Elapsed(
      double seconds, double flashWaitS, double dramS, double computeS, double otherS) {}
}
