package io.dipper.tracegen.runtime;

import java.util.Arrays;

/**
 * Which experts some tokens go to, and with which weights: for each token k ranks.
 *
 * @param ranks k
 * @param experts row-major, k per token; −1 for a rank that goes to none
 * @param weights factors of the experts' outputs, in the same places
 */
public record Routing(int ranks, int[] experts, float[] weights) {
  /** The ranks of so many tokens, all going to no expert. */
  public static Routing none(int rows, int ranks) {
    int[] experts = new int[Math.multiplyExact(rows, ranks)];
    Arrays.fill(experts, -1);
    return new Routing(ranks, experts, new float[experts.length]);
  }
}
