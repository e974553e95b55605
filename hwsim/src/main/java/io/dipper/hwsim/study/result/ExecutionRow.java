package io.dipper.hwsim.study.result;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a point; a line of {@code executions.csv}. Times are means of a token, counts
 * those of all tokens.
 *
 * @param round counted from 1
 * @param differing the counts that are not the simulated ones, by name; null for none
 */
public record ExecutionRow(
    String pointId,
    int round,
    Conditions conditions,
    double tokensPerSecond,
    Spent spent,
    Reads reads,
    @Nullable String differing) {
  /**
   * What executions that are compared have in common.
   *
   * @param tokens of the trace
   * @param threads that multiplied
   */
  public record Conditions(int tokens, int threads) {}

  /**
   * Seconds by what they were spent on.
   *
   * @param productsS what products read from memory, and their arithmetic
   * @param restS everything else
   */
  public record Spent(double flashS, double productsS, double restS) {}

  /**
   * What was found and read.
   *
   * @param diskBytesPerS how fast the disk was just before, by a stream whose bytes are used; null
   *     where that was not measured
   */
  public record Reads(
      long hits, long misses, long requests, long bytesRead, @Nullable Double diskBytesPerS) {}
}
